import { stripVTControlCharacters } from 'node:util';

/** A piece of a line, and the separator before it where it does not begin one. */
export type LinePiece = readonly [before: string, text: string];

/** Pieces in lines of at most `columns` characters, those after the first one indented; no piece is broken, and colours take no place. */
export function flowPieces(pieces: readonly LinePiece[], columns: number, indent: number): string {
  let width = 0;
  return pieces
    .map(([before, text], at) => {
      const added = widthOf(before) + widthOf(text);
      const fits = at === 0 || width + added <= columns;
      width = fits ? width + added : indent + widthOf(text);
      return fits ? before + text : `\n${' '.repeat(indent)}${text}`;
    })
    .join('');
}

function widthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}
