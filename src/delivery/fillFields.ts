import { templateNames } from '../core/template.js';
import { pathOfParent } from '../json/path.js';
import type { NamedTemplate } from '../signing/templates.js';
import { proofNames } from './carriers.js';
import { falselySigned } from './falsify.js';
import { putField, withoutField } from './putField.js';
import { type DeliveryTelling, deliveryTexts, type TextSource } from './texts.js';
import type { MadeValues } from './values.js';

/** Fills the fields of a body that each delivery fills, with the values that it tells. */
export type FieldFiller = (
  body: Uint8Array,
  values: MadeValues,
  told: ReadonlyMap<string, string>,
  telling: Pick<DeliveryTelling, 'given' | 'random'>,
) => Uint8Array;

/** Makes what fills a provider's fields, in order: a signature among them covers what stands above it. */
export function fieldFiller(source: TextSource, fields: readonly NamedTemplate[], otherBody: Uint8Array): FieldFiller {
  const { provider, change } = source;
  if (fields.length === 0) return (body) => body;
  const proofs = proofNames(provider);
  const objects =
    change?.stage === 'header' && change.is === 'object missing'
      ? fields.flatMap(({ name, template }) =>
          templateNames(template).some((part) => proofs.includes(part)) ? (pathOfParent(name) ?? []) : [],
        )
      : [];
  return (body, { signed }, values, telling) => {
    const whole = fields.reduce((filled, { name, template, isNumber }) => {
      const isProof = templateNames(template).some((part) => proofs.includes(part));
      if (isProof && change?.stage === 'header') {
        if (change.is === 'object missing') return filled;
        return change.is === 'missing'
          ? withoutField(provider, filled, name)
          : putField(provider, filled, name, { text: '', isNumber: false });
      }
      const covered = change?.stage === 'signedBytes' ? falselySigned(change, filled, otherBody) : filled;
      const text = deliveryTexts(source, {
        told: { values, body: filled },
        signed: { values: signed, body: covered },
        ...telling,
      });
      const told = text(template, 0);
      const isLeftOut = change?.stage === 'time told' && change.as === 'nothing' && told === '';
      return isLeftOut
        ? withoutField(provider, filled, name)
        : putField(provider, filled, name, { text: told, isNumber });
    }, body);
    return objects.reduce((rest, path) => withoutField(provider, rest, path), whole);
  };
}
