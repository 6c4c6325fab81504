import { input } from '@inquirer/prompts';
import { UsageError } from '../../../core/errors.js';
import { formatPath } from '../../../json/path.js';
import { applyEdits, parseSet, parseUnset } from '../../../payloads/edit.js';
import { loadSample } from '../../../payloads/load.js';
import type { Io } from '../../io/io.js';
import { ask, back } from '../../prompts/ask.js';
import { promptTheme } from '../../prompts/theme.js';
import type { Choice } from './choice.js';

/** Asks for one more `path=value`; Esc leaves all as it is. */
export async function changeField(choice: Choice, io: Io): Promise<Choice> {
  const sample = await loadSample({ provider: choice.provider, event: choice.event, variant: null });
  const validate = (text: string) => {
    try {
      const { set, unset } = withField(choice, text);
      applyEdits(sample, [...set.map((text) => parseSet(text)), ...unset.map(parseUnset)]);
      return true;
    } catch (error) {
      if (error instanceof UsageError) return error.message;
      throw error;
    }
  };
  const theme = promptTheme(io);
  const text = await ask(io, (context) => input({ message: 'path=value', validate, theme }, context));
  return text === back ? choice : withField(choice, text);
}

function withField(choice: Choice, text: string): Choice {
  const placeOf = (set: string) => formatPath(parseSet(set).path);
  const place = placeOf(text);
  return {
    ...choice,
    set: [...choice.set.filter((other) => placeOf(other) !== place), text],
    unset: choice.unset.filter((path) => path !== place),
  };
}
