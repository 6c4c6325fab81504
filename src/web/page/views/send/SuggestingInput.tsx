import type { ComponentChildren } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { describeHint, type Hint } from '../../parts/hints.js';

/** Returns the description of a place in a specification: a tooltip for the mouse, a description of the fields for screen readers. */
export function useFieldDescription(hint: Hint | undefined): {
  attributes: DescriptionAttributes;
  text: ComponentChildren;
} {
  const id = useId();
  if (!hint?.field) return { attributes: {}, text: null };
  const words = [describeHint(hint), hint.field.description ?? ''].filter((each) => each !== '').join('. ');
  return {
    attributes: { title: words, 'aria-describedby': id },
    text: (
      <span id={id} hidden>
        {words}
      </span>
    ),
  };
}

/** The attributes of a field that describe its place, in addition to its label. */
export type DescriptionAttributes = { title?: string; 'aria-describedby'?: string };

/** A field that suggests what the specification names, or the samples have there. What is typed counts once it is left or Enter is pressed. */
export function SuggestingInput({
  class: className,
  suggestions,
  value,
  label,
  about = {},
  onValue,
}: {
  class: string;
  suggestions: readonly string[];
  value: string;
  label: string;
  about?: DescriptionAttributes | undefined;
  onValue: (value: string) => void;
}) {
  const listId = useId();
  // Without it, what is typed would be lost when anything else on the page changes.
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? value;
  // Rows that move keep their inputs, which then are about something else.
  useEffect(() => setTyped(null), [value, label]);
  return (
    <>
      <input
        class={className}
        value={shown}
        style={{ width: widthOf(shown) }}
        aria-label={label}
        {...about}
        spellcheck={false}
        list={suggestions.length > 0 ? listId : undefined}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onChange={(event) => {
          setTyped(null);
          if (event.currentTarget.value !== value) onValue(event.currentTarget.value);
        }}
      />
      {suggestions.length > 0 ? (
        <datalist id={listId}>
          {suggestions.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      ) : null}
    </>
  );
}

/** Characters of Chinese, Japanese and Korean, each as wide as two others; an emoji is two code units already. */
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]/g;

/** Returns the width of a text in a monospaced font, with room for typing. */
function widthOf(text: string): string {
  const width = text.length + (text.match(wide)?.length ?? 0);
  return `calc(${Math.min(Math.max(width, 2), 80)}ch + 12px)`;
}
