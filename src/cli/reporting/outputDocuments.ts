import type { recordDocument } from '../../history/record.js';
import type { endRecordDocument } from '../../history/recordEnd.js';
import type { loadRecordDocument } from '../../history/recordLoad.js';
import type {
  listeningDocument,
  listenSummaryDocument,
  receivedDocument,
  senderDocument,
} from '../../report/listen/receivedLines.js';
import type { loadDocument, secondDocument } from '../../report/load/loadLines.js';
import type { showDocument } from '../../report/provider/showDocument.js';
import type { dryRunDocument, errorLine } from '../../report/shared/jsonLines.js';
import type { linesOf } from '../../report/shared/jsonReporter.js';
import type { diagnosisDocument } from '../../report/verify/diagnosis.js';
import type { checkListDocument } from '../commands/check/check.js';
import type { configDocument } from '../commands/config/config.js';
import type { docsDocument } from '../commands/docs/docs.js';
import type { exportDocument } from '../commands/export/export.js';
import type { flowListDocument } from '../commands/flow/flow.js';
import type { keysDocument, keysServedDocument } from '../commands/keys/keys.js';
import type { listDocument } from '../commands/list/list.js';
import type { suiteListDocument } from '../commands/run/run.js';
import type { signDocument } from '../commands/sign/sign.js';
import type { uiDocument } from '../commands/ui/runUi.js';

type RunLines = ReturnType<typeof linesOf>[number];
type Requests = ReturnType<typeof dryRunDocument>;

/** The output of `--json`, by command: a document, or one of several lines. `docs/output.schema.json` is made from it. */
export interface OutputDocuments {
  readonly check: RunLines | ReturnType<typeof checkListDocument>;
  readonly config: Awaited<ReturnType<typeof configDocument>>;
  readonly docs: ReturnType<typeof docsDocument>;
  readonly error: ReturnType<typeof errorLine>;
  readonly export: ReturnType<typeof exportDocument>;
  readonly flow: RunLines | Requests | ReturnType<typeof flowListDocument>;
  readonly handshake: RunLines | Requests;
  readonly keys: ReturnType<typeof keysDocument> | ReturnType<typeof keysServedDocument>;
  readonly list: ReturnType<typeof listDocument>;
  readonly listen:
    | ReturnType<typeof listeningDocument>
    | ReturnType<typeof receivedDocument>
    | ReturnType<typeof senderDocument>
    | ReturnType<typeof listenSummaryDocument>;
  readonly load: ReturnType<typeof secondDocument> | ReturnType<typeof loadDocument>;
  readonly log:
    | ReturnType<typeof recordDocument>
    | ReturnType<typeof loadRecordDocument>
    | ReturnType<typeof endRecordDocument>;
  readonly provider: RunLines;
  readonly resend: RunLines | Requests;
  readonly run: RunLines | ReturnType<typeof suiteListDocument>;
  readonly send: RunLines | Requests;
  readonly show: ReturnType<typeof showDocument>;
  readonly sign: ReturnType<typeof signDocument>;
  readonly ui: ReturnType<typeof uiDocument>;
  readonly verify: ReturnType<typeof diagnosisDocument>;
}
