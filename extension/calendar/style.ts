/** The look of our row: that of the page around it, whose type it takes over and from whose colour it mixes its own. */
export const style = `
:host { display: block; font: inherit; color: inherit; }
.row { --accent: color-mix(in srgb, currentColor 35%, #3b82f6); --bad: color-mix(in srgb, currentColor 35%, #dc2626);
  --edge: color-mix(in srgb, currentColor 30%, transparent);
  display: flex; gap: 16px; align-items: flex-start; padding: 6px 0; font-size: 14px; line-height: 20px; text-align: start; }
.mark { flex: none; width: 20px; height: 20px; margin: 8px 2px 0; fill: none; stroke: currentColor; stroke-width: 1.75; }
.body { min-width: 0; flex: 1; display: flex; flex-direction: column; gap: 4px; overflow-wrap: anywhere; }
.actions { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; }
.actions:empty { display: none; }
p { margin: 0; }
.told { display: flex; flex-direction: column; gap: 2px; }
.line { font-weight: 500; padding-top: 6px; }
.quiet { opacity: .85; font-size: 13px; }
.conflict, .trouble { border-inline-start: 3px solid var(--edge); padding-inline-start: 8px; font-size: 13px; }
.trouble { border-color: var(--bad); }
.trouble b { color: var(--bad); font-weight: 500; }
button, a { font: inherit; font-size: 14px; color: var(--accent); background: none; border: 1px solid transparent;
  border-radius: 18px; min-height: 32px; padding: 5px 12px; margin: 0; cursor: pointer; text-decoration: none; box-sizing: border-box; }
.main { border-color: var(--edge); font-weight: 500; min-height: 36px; padding: 7px 16px; }
.rest > * { margin-inline-start: 0; }
.rest { margin-inline-start: -12px; }
.rest > .main { margin-inline-start: 12px; }
button:hover, a:hover { background: color-mix(in srgb, var(--accent) 8%, transparent); }
button:focus-visible, a:focus-visible, input:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
button[aria-disabled="true"] { opacity: .7; cursor: default; }
.card { position: fixed; inset-block-end: 16px; inset-inline-start: 16px; z-index: 2000; max-width: 360px; padding: 8px 16px 12px;
  background: #fff; color: #1f1f1f; border: 1px solid #747775; border-radius: 12px; box-shadow: 0 2px 8px rgb(0 0 0 / 25%);
  font: 14px/20px system-ui, sans-serif; }
@media (prefers-color-scheme: dark) { .card { background: #1e1f20; color: #e3e3e3; } }
@media (forced-colors: active) {
  .row { --accent: LinkText; --bad: CanvasText; --edge: CanvasText; }
  .quiet { opacity: 1; }
  button { border-color: ButtonText; color: ButtonText; }
}
`;
