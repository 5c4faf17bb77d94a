export interface Piece {
  text: string;
  href?: string;
}

const LINK = /https?:\/\/[^\s<>"'`]+/gi;

/** Splits a text into plain pieces and http(s) links. The pieces joined are the text again. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const link = trimmed(match[0]);
    if (!URL.canParse(link)) {
      continue;
    }
    found.push({ text: text.slice(end, match.index) }, { text: link, href: link });
    end = match.index + link.length;
  }
  found.push({ text: text.slice(end) });
  return found.filter((piece) => piece.text !== "");
}

/** Leaves out the punctuation of the sentence around a link, and a bracket that it didn't open. */
function trimmed(link: string): string {
  let short = link.replace(/[.,;:!?…»”’*_]+$/, "");
  while (/[)\]}]$/.test(short)) {
    const last = short.slice(-1);
    const opening = "([{"[")]}".indexOf(last)] as string;
    if (short.split(opening).length >= short.split(last).length) {
      break;
    }
    short = short.slice(0, -1).replace(/[.,;:!?…]+$/, "");
  }
  return short;
}
