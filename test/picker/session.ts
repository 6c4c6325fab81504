import { keys, type Terminal } from '../support/terminal.js';

/** From the start to the menu of Scalev's order.created, sent to an address. */
export async function toMenu(person: Terminal, address: string): Promise<void> {
  await person.see('Provider');
  await person.find('scal', 'Scalev\n\n');
  await person.see('Event of Scalev');
  await person.find('order.crea', /Order( created|…)\n\n/);
  await person.see('Target');
  await person.find('type', '❯ type an address');
  await person.see('Address');
  await person.find(address, address);
  await person.see('What now?');
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
