import { input, select } from '@inquirer/prompts';
import { readAddress } from '../../../config/address.js';
import type { Project } from '../../../config/project.js';
import { targetConfig, targetSetting } from '../../../config/settings.js';
import { UsageError } from '../../../core/errors.js';
import { demoTarget } from '../../../core/target.js';
import { shownAddress } from '../../../session/target/target.js';
import type { Io } from '../../io/io.js';
import { ask, type Back, back } from '../../prompts/ask.js';
import { pageSize } from '../../prompts/searchFor.js';
import { promptTheme } from '../../prompts/theme.js';

/** No target is called so. */
const typeOne = '';

/** Asks where to send: a configured target, the last or the usual one, an address, or the built-in receiver. */
export async function askTarget(project: Project, last: string | undefined, io: Io): Promise<string | Back> {
  const { value: usual } = targetSetting(project, {});
  const names = Object.keys(project.config.targets ?? {}).filter((name) => name !== demoTarget);
  const others = new Set([last, usual?.trim()].filter((target) => target && target !== demoTarget) as string[]);
  const addresses = [...others].filter((target) => !names.includes(target) && isAddress(target) === true);
  const known = [...names, ...addresses, demoTarget];
  const choices = [
    ...names.map((name) => ({ value: name, name: `${name}  ${addressOf(project, name)}`, short: name })),
    ...addresses.map((value) => ({
      value,
      name: `${value}  (${value === last ? 'last used' : 'default'})`,
      short: value,
    })),
    { value: typeOne, name: 'type an address', short: 'an address' },
    { value: demoTarget, name: 'demo  the built-in receiver', short: demoTarget },
  ];
  const first = [last, usual?.trim()].find((target) => target !== undefined && known.includes(target));
  const config = { message: 'Target', choices, loop: false, pageSize: pageSize(io), theme: promptTheme(io) };
  for (;;) {
    const target = await ask(io, (context) => select({ ...config, ...(first && { default: first }) }, context));
    if (target !== typeOne) return target;
    const typed = await ask(io, (context) =>
      input({ message: 'Address', validate: isAddress, theme: promptTheme(io) }, context),
    );
    if (typed !== back) return typed.trim();
  }
}

function addressOf({ config }: Project, name: string): string {
  const { url } = targetConfig(config, name)!;
  try {
    return shownAddress(url, readAddress(url, name)({ provider: 'provider', event: 'event' }));
  } catch {
    return '';
  }
}

function isAddress(text: string): true | string {
  try {
    if (text.trim() === demoTarget) return true;
    const url = readAddress(text.trim(), 'The address')({ provider: 'provider', event: 'event' });
    const { username, password } = new URL(url);
    return username + password === '' || 'Name and password belong into the config, not into a command.';
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}
