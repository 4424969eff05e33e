type Child = Node | string | undefined | false;
type Attributes = Record<string, string | boolean | undefined>;

/** Makes an element; true is an attribute without a value, false and undefined are none. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (typeof value === "string") element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

/** A button that acts once it is pressed, until the signal ends. */
export function button(
  label: string,
  attributes: Attributes,
  press: () => void,
  signal: AbortSignal,
): HTMLButtonElement {
  const made = h("button", { type: "button", class: "button", ...attributes }, label);
  made.addEventListener("click", press, { signal });
  return made;
}
