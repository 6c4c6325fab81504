import { textWidth } from '../../core/textWidth.js';

/** A piece of a line, and the separator before it where it does not begin one. */
export type LinePiece = readonly [before: string, text: string];

/** Pieces in lines of at most `columns` columns, those after the first one indented; no piece is broken, and colours take no place. */
export function flowPieces(pieces: readonly LinePiece[], columns: number, indent: number): string {
  let width = 0;
  return pieces
    .map(([before, text], at) => {
      const added = textWidth(before) + textWidth(text);
      const fits = at === 0 || width + added <= columns;
      width = fits ? width + added : indent + textWidth(text);
      return fits ? before + text : `\n${' '.repeat(indent)}${text}`;
    })
    .join('');
}
