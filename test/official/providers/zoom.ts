import type { Judge } from '../judge.js';
import { load } from '../packages.js';

interface Answer {
  readonly statusCode: number;
}
interface Receiver {
  init(options: { eventEmitter: { emit(event: string): Promise<void> } }): void;
  start(): (event: object, context: object) => Promise<Answer>;
}

export const judge: Judge = {
  verify: async ({ text, incoming }, { secret }) => {
    type Module = { AwsLambdaReceiver: new (options: { webhooksSecretToken: string }) => Receiver };
    const { AwsLambdaReceiver } = await load<Module>('@zoom/rivet/meetings');
    const receiver = new AwsLambdaReceiver({ webhooksSecretToken: secret });
    receiver.init({ eventEmitter: { emit: async () => {} } });
    const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
    const { debug, error } = console;
    Object.assign(console, { debug: () => {}, error: () => {} });
    try {
      const { statusCode } = await receiver.start()({ body: text, headers, isBase64Encoded: false }, {});
      return statusCode === 200;
    } finally {
      Object.assign(console, { debug, error });
    }
  },
};
