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
  const heard = useRef({ onChange, onCursor });
  heard.current = { onChange, onCursor };

  useEffect(() => {
    const { createEditor } = loadEditor();
    const parent = host.current!;
    const made = createEditor({
      ...{ parent, text, label, isJson, isReadOnly },
      onChange: (now) => heard.current.onChange?.(now),
      onCursor: (at) => heard.current.onCursor?.(at),
    });
    editor.current = made;
    return () => made.destroy();
  }, []);

  useEffect(() => editor.current!.setText(text), [text]);
  useEffect(() => editor.current!.setJson(isJson), [isJson]);

  return <div class="code-editor" ref={host} />;
}
