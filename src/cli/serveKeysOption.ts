import { Option } from 'commander';

/** The option of a command that sends to receivers which fetch the key that they verify with. */
export function serveKeysOption(): Option {
  return new Option('--serve-keys <port>', 'serve the public keys on 127.0.0.1 meanwhile, as keys --serve does');
}

/** The option of a command that sends events. */
export function handshakeOption(): Option {
  return new Option('--handshake', "the provider's handshakes first; where one fails, nothing more is sent");
}
