import { history, historyKeymap, indentLess, indentMore, standardKeymap } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The nonce by which the page's policy allows its own styles. */
const nonce = document.querySelector('script')?.nonce ?? '';

/** JSON by its tokens: the grammar of lang-json is larger than all views of the page. */
const json = StreamLanguage.define({
  token(stream) {
    if (stream.eatSpace()) return null;
    if (stream.match(/"(?:[^"\\]|\\.)*"/)) return stream.match(/\s*:/, false) ? 'propertyName' : 'string';
    if (stream.match(/-?\d[\d.eE+-]*/)) return 'number';
    if (stream.match(/true|false|null/)) return 'bool';
    return /[{}[\],:]/.test(stream.next() ?? '') ? 'punctuation' : 'invalid';
  },
});

const indentKeymap = [
  { key: 'Mod-]', run: indentMore },
  { key: 'Mod-[', run: indentLess },
];

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--code-name)' },
  { tag: tags.string, color: 'var(--code-text)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--code-value)' },
  { tag: tags.punctuation, color: 'var(--text-muted)' },
  { tag: tags.invalid, color: 'var(--bad)' },
]);

const look = EditorView.theme({
  '&': { height: '100%', fontSize: '13px', backgroundColor: 'transparent', color: 'var(--text)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--accent)', padding: '10px 0' },
  '.cm-gutters': { backgroundColor: 'transparent', border: 'none', color: 'var(--text-muted)' },
  '.cm-cursor': { borderLeftColor: 'var(--accent)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--accent-soft)' },
});

/** Returns the part of a text that differs in the next: without the equal beginning and end. */
function changedPart(before: string, after: string): { from: number; to: number; insert: string } {
  let from = 0;
  const shorter = Math.min(before.length, after.length);
  while (from < shorter && before[from] === after[from]) from++;
  let same = 0;
  while (same < shorter - from && before[before.length - 1 - same] === after[after.length - 1 - same]) same++;
  return { from, to: before.length - same, insert: after.slice(from, after.length - same) };
}

/** The initial content of an editor, and its change callback. */
export interface EditorOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly label: string;
  readonly isJson: boolean;
  readonly isReadOnly: boolean;
  readonly onChange: (text: string) => void;
  /** Hears where the cursor is. */
  readonly onCursor: (at: number) => void;
}

/** An editor in the page. */
export interface TextEditor {
  /** Shows another text; the cursor stays where nothing is changed. */
  setText(text: string): void;
  setJson(isJson: boolean): void;
  destroy(): void;
}

/** Makes an editor of a text with line numbers and colours of JSON. */
export function createEditor({
  parent,
  text,
  label,
  isJson,
  isReadOnly,
  onChange,
  onCursor,
}: EditorOptions): TextEditor {
  const language = new Compartment();
  const editor = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        EditorView.cspNonce.of(nonce),
        lineNumbers(),
        history(),
        bracketMatching(),
        syntaxHighlighting(colours),
        look,
        EditorView.lineWrapping,
        EditorState.tabSize.of(2),
        // Tab leaves the editor, as it leaves any field.
        keymap.of([...standardKeymap, ...historyKeymap, ...indentKeymap]),
        language.of(isJson ? json : []),
        EditorState.readOnly.of(isReadOnly),
        EditorView.contentAttributes.of({
          'aria-label': label,
          tabindex: '0',
          spellcheck: 'false',
          'aria-readonly': `${isReadOnly}`,
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(update.state.doc.toString());
          if (update.docChanged || update.selectionSet) onCursor(update.state.selection.main.head);
        }),
      ],
    }),
  });
  return {
    setText(next) {
      const shown = editor.state.doc.toString();
      if (shown !== next) editor.dispatch({ changes: changedPart(shown, next) });
    },
    setJson: (is) => editor.dispatch({ effects: language.reconfigure(is ? json : []) }),
    destroy: () => editor.destroy(),
  };
}
