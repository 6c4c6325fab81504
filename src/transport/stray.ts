import type { WireWarning } from '../core/attempt.js';
import type { PeerLabel } from './place.js';

/** Whether a connection ended because bytes came on it while nothing was asked, by the error that undici ended it with. */
export function isStray(error: Error | null | undefined): boolean {
  return error?.message === 'bad response' || error?.name === 'HTTPParserError';
}

/** What is reported of the delivery whose answer they followed. */
export function strayBytes({ address }: PeerLabel): WireWarning {
  return {
    code: 'STRAY_BYTES',
    message: `${address} sent more bytes after its answer, when nothing was asked; they were taken for no answer, and the connection was closed`,
  };
}
