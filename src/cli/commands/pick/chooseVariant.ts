import type { Io } from '../../io/io.js';
import { back } from '../../prompts/ask.js';
import { chooseRow, type Row } from '../../prompts/chooseRow.js';
import { type Choice, isChanged } from './choice.js';

/** Whether the event of a choice has variants. */
export function hasVariants({ provider, event }: Choice): boolean {
  return Object.keys(provider.events[event]?.variants ?? {}).length > 0;
}

/** Lets the person choose another variant of the event, which starts from its own sample; Esc leaves all as it is. */
export async function chooseVariant(choice: Choice, io: Io): Promise<Choice> {
  const { title, variants = {} } = choice.provider.events[choice.event]!;
  const rows: Row<string | null>[] = [
    { value: null, name: 'usual', text: title, note: title },
    ...Object.entries(variants).map(([value, { title, note }]) => ({
      value,
      name: value,
      text: title,
      note: title,
      description: note ?? '',
    })),
  ];
  const variant = await chooseRow({ message: 'Variant', rows, initial: choice.variant }, io);
  if (variant === back || variant === choice.variant) return choice;
  if (isChanged(choice)) io.stdout.write('The variant has another payload: your changes were discarded.\n');
  return { ...choice, variant, set: [], unset: [], body: null };
}
