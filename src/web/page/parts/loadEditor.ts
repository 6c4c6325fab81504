import type { createEditor } from '../editor.js';

/** The exports of the editor's script. */
interface EditorModule {
  readonly createEditor: typeof createEditor;
}

declare global {
  var webhookSimEditor: EditorModule | undefined;
  /** Runs a script that the page holds as text, so that it costs nothing before it is needed. */
  function runHeldScript(id: string): void;
}

/** The editor, whose script runs when the first one is shown. */
export function loadEditor(): EditorModule {
  if (!globalThis.webhookSimEditor) runHeldScript('editor-script');
  return globalThis.webhookSimEditor!;
}
