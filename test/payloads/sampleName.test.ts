import { describe, expect, it } from 'vitest';
import { sampleFile, sampleOfFile } from '../../src/payloads/sampleName.js';

const names: [event: string, variant: string | null, file: string][] = [
  ['order.created', null, 'order.created.json'],
  ['order.created', 'legacy-2025', 'order.created--legacy-2025.json'],
  ['orders/create', null, 'orders/create.json'],
  ['Push Hook', null, 'Push Hook.json'],
  ['order:paid', null, 'order%3Apaid.json'],
  ['a?b"<>|', null, 'a%3Fb%22%3C%3E%7C.json'],
  ['100%', null, '100%25.json'],
  ['größe', null, 'gr%C3%B6%C3%9Fe.json'],
  ['two--dashes', null, 'two%2D-dashes.json'],
  ['two--dashes', 'old', 'two%2D-dashes--old.json'],
  ['ends.', null, 'ends%2E.json'],
  [' blank ', null, '%20blank%20.json'],
  ['con', null, '%63on.json'],
  ['AUX.created', null, '%41UX.created.json'],
  ['orders/nul', null, 'orders/%6Eul.json'],
  ['console', null, 'console.json'],
];

describe('the file of a sample', () => {
  it.each(names)('of %j (%s) is %s', (event, variant, file) => {
    expect(sampleFile({ event, variant })).toBe(file);
    expect(sampleOfFile(file)).toEqual({ event, variant });
  });

  it('is found with the separators of Windows, too', () => {
    expect(sampleOfFile('orders\\create--big.json')).toEqual({ event: 'orders/create', variant: 'big' });
  });

  it.each(['order.created.yaml', 'README.md', '100%.json', '%FF.json'])('is no sample: %s', (file) => {
    expect(sampleOfFile(file)).toBe(null);
  });
});
