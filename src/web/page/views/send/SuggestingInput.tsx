import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { describeHint, type Hint } from '../../parts/hints.js';

/** What a specification says of a place: for the mouse as a tooltip, for a screen reader as the description of the place's fields. */
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

/** What a field says of its place besides its label. */
export type DescriptionAttributes = { title?: string; 'aria-describedby'?: string };

/** A field that suggests what the specification names, or the samples have there. */
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
  return (
    <>
      <input
        class={className}
        value={value}
        style={{ width: widthOf(value) }}
        aria-label={label}
        {...about}
        spellcheck={false}
        list={suggestions.length > 0 ? listId : undefined}
        onChange={(event) => onValue(event.currentTarget.value)}
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

/** As wide as its text, which is all of one width, with room for what is typed. */
function widthOf(text: string): string {
  return `calc(${Math.min(Math.max(text.length, 2), 80)}ch + 12px)`;
}
