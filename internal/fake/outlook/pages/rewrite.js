// What Outlook makes of HTML that an add-in writes: nothing that runs, ids and classes under a prefix, and no div that
// only wraps another (OfficeDev/office-js#5482, OfficeDev/office-js-docs-reference#827). Styles stay.

const dropped = "script, style, link, meta, base, iframe, object, embed, form, input, button, template, noscript";

/**
 * Reads HTML without running any of it.
 * @param {string} html a fragment or a whole document
 * @param {boolean} rewrites
 * @returns {DocumentFragment}
 */
export function readHTML(html, rewrites) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const element of page.body.querySelectorAll(dropped)) element.remove();
  for (const element of page.body.querySelectorAll("*")) clean(element);
  if (rewrites) rewrite(page.body);
  const out = document.createDocumentFragment();
  for (const node of [...page.body.childNodes]) out.append(document.adoptNode(node));
  return out;
}

/** @param {Element} element */
function clean(element) {
  for (const { name, value } of [...element.attributes]) {
    const runs = /^(href|src|action|formaction)$/.test(name) && /^\s*(javascript|vbscript|data:text)/i.test(value);
    if (name.startsWith("on") || runs) element.removeAttribute(name);
  }
}

/** Puts the prefix before a name that is neither Microsoft's own nor prefixed already. @param {string} name */
const prefixed = (name) =>
  /^(x_|me-email|meet_invite_block|elementToProof|PlainText)/.test(name) ? name : `x_${name}`;

/** @param {HTMLElement} body */
function rewrite(body) {
  for (const element of body.querySelectorAll("*")) {
    if (element.id !== "") element.id = prefixed(element.id);
    if (element.classList.length > 0) element.className = [...element.classList].map(prefixed).join(" ");
  }
  for (const comment of comments(body)) comment.remove();
  for (const div of [...body.querySelectorAll("div")].reverse()) {
    if (div.attributes.length === 0 && wrapsOnly(div)) div.replaceWith(...div.childNodes);
  }
}

/** @param {HTMLElement} body */
function comments(body) {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  /** @type {Comment[]} */
  const out = [];
  while (walker.nextNode()) out.push(/** @type {Comment} */ (walker.currentNode));
  return out;
}

/** @param {Element} div */
function wrapsOnly(div) {
  const inner = [...div.childNodes].filter(
    (node) => node.nodeType !== Node.TEXT_NODE || node.textContent?.trim() !== "",
  );
  return inner.every((node) => node instanceof Element && /^(DIV|P|TABLE|UL|OL)$/.test(node.tagName));
}
