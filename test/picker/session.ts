import { keys, type Terminal } from '../support/terminal.js';

/** From the start to the menu of Scalev's order.created, sent to an address. */
export async function toMenu(person: Terminal, address: string): Promise<void> {
  await toTarget(person);
  await person.find(address, `❯ ${address}`);
  await person.see('What now?');
}

/** From the start to the question for the target of Scalev's order.created. */
export async function toTarget(person: Terminal): Promise<void> {
  await person.see('Provider or event');
  await person.see('esc back');
  await person.find('scal order.crea', '❯ scalev order.created');
  await person.see('Target');
  await person.see('esc back');
}

/** Chooses a line of the menu, which may be the chosen one already. */
export async function wish(person: Terminal, start: string): Promise<void> {
  await person.see('esc back');
  if (!person.text.slice(person.text.lastIndexOf('What now?')).includes(`❯ ${start}`)) {
    return person.find(start, `❯ ${start}`);
  }
  person.type(keys.enter);
}

export { keys };
