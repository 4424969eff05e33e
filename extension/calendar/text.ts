// A description that is being edited, read as plain text, with the way back from a place in the text to one in the page.

/** A text and where in the page each of its characters is. */
export interface Text {
  text: string;
  range(from: number, to: number): Range;
}

interface Piece {
  at: number;
  length: number;
  node: globalThis.Text | null; // null: a line break
  before: { parent: Node; index: number }; // of a line break
}

const blocks = new Set(["DIV", "P", "LI", "UL", "OL", "BLOCKQUOTE", "H1", "H2", "H3", "PRE", "TABLE", "TR"]);

/** Reads a description. Blocks and <br> are line breaks, as a person sees them. */
export function textOf(root: HTMLElement): Text {
  const reader = new Reader();
  reader.children(root);
  return { text: reader.text, range: (from, to) => reader.range(root, from, to) };
}

class Reader {
  text = "";
  #pieces: Piece[] = [];
  #broken = false; // a line break is due before the next thing
  #any = false;

  children(parent: Node): void {
    let index = 0;
    for (const child of parent.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) this.#characters(child as globalThis.Text);
      else if (child.nodeName === "BR") this.#line(child, index);
      else if (blocks.has(child.nodeName)) this.#block(child);
      else this.children(child);
      index++;
    }
  }

  #block(block: Node): void {
    this.#broken ||= this.#any;
    this.children(block);
    this.#broken = this.#any;
  }

  #characters(node: globalThis.Text): void {
    if (node.data === "") return;
    this.#flush(node);
    this.#pieces.push({ at: this.text.length, length: node.length, node, before: { parent: node, index: 0 } });
    this.text += node.data.replace(/\u00a0/g, " ");
    this.#any = true;
  }

  /** A <br> that ends its block only keeps the line open. */
  #line(br: Node, index: number): void {
    this.#flush(br);
    this.#any = true;
    if (br.nextSibling === null) return;
    this.#break({ parent: br.parentNode as Node, index });
  }

  #flush(next: Node): void {
    if (!this.#broken) return;
    this.#broken = false;
    const parent = next.parentNode as Node;
    this.#break({ parent, index: [...parent.childNodes].indexOf(next as ChildNode) });
  }

  #break(before: Piece["before"]): void {
    this.#pieces.push({ at: this.text.length, length: 1, node: null, before });
    this.text += "\n";
  }

  range(root: HTMLElement, from: number, to: number): Range {
    const range = root.ownerDocument.createRange();
    range.selectNodeContents(root);
    if (from > 0) range.setStart(...this.#place(root, from));
    if (to < this.text.length) range.setEnd(...this.#place(root, to));
    if (from === 0 && to === 0) range.collapse(true);
    return range;
  }

  /** A place between two characters: at the end of the piece before it where that is text, else before the piece after. */
  #place(root: HTMLElement, offset: number): [Node, number] {
    const left = this.#pieces.find((piece) => piece.node && piece.at < offset && offset <= piece.at + piece.length);
    if (left?.node) return [left.node, offset - left.at];
    const right = this.#pieces.find((piece) => piece.at === offset);
    if (!right) return [root, root.childNodes.length];
    return right.node ? [right.node, 0] : [right.before.parent, right.before.index];
  }
}
