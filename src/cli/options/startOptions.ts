import { Option } from 'commander';

/** The flags of what comes before the first delivery, as typed. */
export interface StartFlags {
  handshake?: true;
  serveKeys?: string;
}

/** The option of a command that sends to receivers which fetch the key that they verify with. */
export function serveKeysOption(): Option {
  return new Option('--serve-keys <port>', 'serve the public keys on 127.0.0.1 meanwhile, as keys --serve does');
}

function handshakeOption(): Option {
  return new Option('--handshake', "the provider's handshakes first; where one fails, nothing more is sent");
}

/** The options of a command that sends events. */
export function startOptions(): Option[] {
  return [handshakeOption(), serveKeysOption()];
}
