import { useEffect, useRef } from 'preact/hooks';
import type { TextEditor } from '../editor.js';
import { loadEditor } from './loadEditor.js';

/** An editor of a text with line numbers and colours of JSON. */
export function CodeEditor({
  text,
  onChange,
  onCursor,
  label,
  isJson,
  isReadOnly = false,
}: {
  text: string;
  onChange?: (text: string) => void;
  onCursor?: (at: number) => void;
  label: string;
  isJson: boolean;
  isReadOnly?: boolean;
}) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<TextEditor | null>(null);
  const callbacks = useRef({ onChange, onCursor });
  callbacks.current = { onChange, onCursor };

  useEffect(() => {
    const { createEditor } = loadEditor();
    const parent = host.current!;
    const created = createEditor({
      ...{ parent, text, label, isJson, isReadOnly },
      onChange: (now) => callbacks.current.onChange?.(now),
      onCursor: (at) => callbacks.current.onCursor?.(at),
    });
    editor.current = created;
    return () => created.destroy();
  }, []);

  useEffect(() => editor.current!.setText(text), [text]);
  useEffect(() => editor.current!.setJson(isJson), [isJson]);

  return <div class="code-editor" ref={host} />;
}
