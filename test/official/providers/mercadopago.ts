import type { Judge } from '../judge.js';
import { load } from '../packages.js';

export const judge: Judge = {
  verify: async ({ header, incoming }, { secret }) => {
    type Options = { xSignature: string; xRequestId: string; dataId: string | null; secret: string };
    type MercadoPago = { WebhookSignatureValidator: { validate(options: Options): void } };
    const { WebhookSignatureValidator } = await load<MercadoPago>('mercadopago');
    const dataId = new URL(incoming.url!, 'http://localhost').searchParams.get('data.id');
    const [xSignature, xRequestId] = [header('x-signature'), header('x-request-id')];
    WebhookSignatureValidator.validate({ xSignature, xRequestId, dataId, secret });
    return true;
  },
  taken: {
    'tampered-body': 'what is signed is the id of the query; nothing of the body is',
    'false-header-first': 'Node joins both headers, and the last v1 counts',
  },
  knownCases: {
    'tampered-body': 'what is signed is the id of the query; nothing of the body is',
    'false-header-first': 'Node joins both headers, and the last v1 counts',
  },
};
