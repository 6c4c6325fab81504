import { chmodSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, it } from 'vitest';
import { editText } from '../../src/cli/io/editText.js';
import { folderOf } from '../support/folder.js';

const script =
  '#!/bin/sh\nwhile [ $# -gt 1 ]; do echo "$1" >> "$0.words"; shift; done\nprintf "edited %s" "$(cat "$1")" > "$1"\n';

function editorIn(name: string): string {
  const path = join(folderOf({ [name]: script }), name);
  chmodSync(path, 0o755);
  return path;
}

// The shell of this system reads both commands, and both quote in a way that it knows.
it.each([true, false])(
  'an editor may be a path with blanks, with or without quotes and arguments (Windows: %s)',
  async (windows) => {
    const editor = editorIn('My Editor/edit');
    expect(await editText('{}', { EDITOR: editor }, windows)).toBe('edited {}');
    expect(await editText('{}', { EDITOR: `"${editor}" --wait` }, windows)).toBe('edited {}');
    expect(await editText('{}', { VISUAL: ` ${editor} `, EDITOR: 'false' }, windows)).toBe('edited {}');
  },
);

it("an editor's path may have what the shell would replace", async () => {
  const editor = editorIn("The $HOME's `Editor`/edit");
  expect(await editText('{}', { EDITOR: editor }, false)).toBe('edited {}');
});

it('without $EDITOR, notepad is opened on Windows', async () => {
  const editor = editorIn('notepad.exe');
  const folders = ['', join(editor, '..')].join(delimiter);
  await expect(editText('{}', { Path: folders }, true)).rejects.toThrow('The editor "notepad" ended with 127.');
  await expect(editText('{}', { Path: '' }, true)).rejects.toThrow('notepad is not installed. Set $EDITOR');
});
