import type { SchemaNode, SchemaSet } from '../samples/jsonSchema.js';
import type { SpecificationProblem } from './specificationFiles.js';

/** A header that a specification names. */
export interface SpecifiedHeader {
  /** In its letter case. */
  readonly name: string;
  /** Its only possible value, if the specification has one. */
  readonly value: string | null;
  readonly example: string | null;
}

/** The proof of the sender in a request, as far as a specification describes it. */
export interface SpecifiedSecurity {
  readonly kind: 'basic' | 'bearer' | 'header' | 'other';
  /** The header of an API key. */
  readonly header: string | null;
}

/** An event, as a specification describes it. */
export interface SpecifiedEvent {
  readonly name: string;
  readonly title: string | null;
  readonly trigger: string | null;
  /** `openapi.yaml#/webhooks/order.paid/post` */
  readonly place: string;
  readonly method: string;
  readonly mediaType: string;
  readonly headers: readonly SpecifiedHeader[];
  readonly successes: readonly string[];
  readonly security: readonly SpecifiedSecurity[];
  readonly schema: SchemaNode;
  readonly example?: unknown;
}

/** The webhooks of a specification. */
export interface Specification {
  readonly title: string | null;
  readonly docs: string | null;
  readonly events: readonly SpecifiedEvent[];
  readonly set: SchemaSet;
  /** The path in the body that holds the event's name. */
  readonly eventAt: string | null;
  /** The places of the parts of names, for names that are not one text in a request. */
  readonly wire: { readonly split: string; readonly header: string; readonly body: string } | null;
  /** The absolute paths of the files that it was read from. */
  readonly files: readonly string[];
  readonly problems: readonly SpecificationProblem[];
  /** Keys and ids of events that are left out, as they can't be read. */
  readonly unread: readonly string[];
}

/** An event before it has its name. */
export interface UnnamedEvent extends Omit<SpecifiedEvent, 'name'> {
  /** The key of the webhook, the name of the callback or of the file. */
  readonly key: string;
  readonly operationId: string | null;
}
