import type { PathStep } from '../json/path.js';
import type { CapturedItem } from './capture.js';
import type { CaptureFormat, CaptureInput, DocumentPart, PartReader } from './captureInput.js';
import { readCharles } from './formats/charles.js';
import { readEditorCollection } from './formats/editorCollection.js';
import { readDeliveryOfGitHub } from './formats/githubDelivery.js';
import { readHookdeck } from './formats/hookdeck.js';
import { readLambdaEvent } from './formats/lambdaEvent.js';
import { readNgrok } from './formats/ngrok.js';
import { readNock } from './formats/nock.js';
import { readOwnLine } from './formats/ownLine.js';
import { readPlainRequest } from './formats/plainRequest.js';
import { readRequestBin } from './formats/requestBin.js';
import { readSmee } from './formats/smee.js';
import { readStripe } from './formats/stripeEvent.js';
import { readVcrInteraction } from './formats/vcrInteraction.js';
import { readVercelEvent } from './formats/vercelEvent.js';
import { readWebhookSite } from './formats/webhookSite.js';
import { readWireMock } from './formats/wireMock.js';

/** The one that knows its form best first. */
const readers: readonly PartReader[] = [
  readOwnLine,
  readNgrok,
  readLambdaEvent,
  readVercelEvent,
  readDeliveryOfGitHub,
  readHookdeck,
  readWireMock,
  readCharles,
  readVcrInteraction,
  readRequestBin,
  readWebhookSite,
  readNock,
  readStripe,
  readSmee,
  readEditorCollection,
  readPlainRequest,
];

/** Members under which tools list their requests. */
const lists = [
  'requests',
  'data',
  'models',
  'items',
  'results',
  'events',
  'deliveries',
  'mappings',
  'vectors',
  'http_interactions',
  'interactions',
  'Records',
  'entries',
  'nearMisses',
];
/** Members under which tools and logs keep one request. */
const wrappers = ['event', 'trigger', 'steps', 'req', 'http', 'httpRequest', 'cf', 'log'];

const maxDepth = 8;
const maxItems = 100_000;

/** Reads documents that are a request or a list of requests, or hold such a list. */
export const readParts: CaptureFormat = (input) => {
  const items: CapturedItem[] = [];
  collect(input.document, [], input, items);
  return items.length > 0 ? items : null;
};

function collect(value: unknown, path: readonly PathStep[], input: CaptureInput, items: CapturedItem[]): void {
  if (typeof value !== 'object' || value === null || path.length > maxDepth || items.length > maxItems) return;
  if (Array.isArray(value)) {
    value.forEach((each, at) => {
      collect(each, [...path, at], input, items);
    });
    return;
  }
  const part: DocumentPart = { value: value as DocumentPart['value'], path };
  for (const read of readers) {
    const found = read(part, input);
    if (found) {
      items.push(...found);
      return;
    }
  }
  for (const key of [...lists, ...wrappers])
    if (Object.hasOwn(value, key)) collect(part.value[key], [...path, key], input, items);
}
