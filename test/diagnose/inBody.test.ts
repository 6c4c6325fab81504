import { describe, expect, it } from 'vitest';
import { contentFields } from '../../src/diagnose/hypotheses/contentFields.js';
import { diagnosisText } from '../../src/report/verify/diagnosis.js';
import { exampleProvider } from '../support/exampleProviders.js';
import { keyPair, python, pythonHmac, signedBy } from './elsewhere.js';
import { diagnosed, namesOf } from './support.js';

const look = { colour: false, unicode: true, columns: Number.POSITIVE_INFINITY };
const adyen = exampleProvider('adyen');
const twilio = exampleProvider('twilio');
const mailgun = exampleProvider('mailgun');
const sns = exampleProvider('aws-sns');
const key = 'ab'.repeat(32);
const hexOf = (text: string) => Buffer.from(text).toString('hex');

/** A body of Adyen's with a signature of Python's. */
const adyenBody = (signed: string, reference = 'Test:1') =>
  JSON.stringify({
    live: 'false',
    notificationItems: [
      {
        NotificationRequestItem: {
          additionalData: { hmacSignature: pythonHmac('sha256', key, signed) },
          amount: { value: 1130, currency: 'EUR' },
          pspReference: '7914',
          eventCode: 'AUTHORISATION',
          merchantAccountCode: 'Shop',
          merchantReference: reference,
          success: 'true',
        },
      },
    ],
  });
const ofAdyen = (body: string) => diagnosed({ provider: adyen, headers: [], body: Buffer.from(body), secrets: [key] });

const form = 'To=%2B62&From=%2B1&Body=a+b';
const url = 'https://shop.example.com/hooks?a=1';
const ofTwilio = (signed: string, more = {}) =>
  diagnosed({
    provider: twilio,
    headers: [['X-Twilio-Signature', pythonHmac('sha1', hexOf('its secret'), signed)]],
    body: Buffer.from(form),
    url,
    ...more,
  });

const rows: [name: string, what: string, diagnose: () => ReturnType<typeof diagnosed>][] = [
  [
    'fields-empty',
    'what is not there left out',
    () => ofAdyen(adyenBody('7914:Shop:Test:1:1130:EUR:AUTHORISATION:true')),
  ],
  ['fields-separator', 'commas', () => ofAdyen(adyenBody('7914,,Shop,Test:1,1130,EUR,AUTHORISATION,true'))],
  ['fields-order', 'sorted by name', () => ofAdyen(adyenBody('EUR:AUTHORISATION:Shop:Test:1::7914:true:1130'))],
  ['fields-order', 'as the form has them', () => ofTwilio(`${url}To+62From+1Bodya b`)],
  ['fields-form', 'with =', () => ofTwilio(`${url}Body=a bFrom=+1To=+62`)],
  ['fields-missing', 'one of them', () => ofAdyen(adyenBody('7914::Shop:Test:1:1130:EUR:AUTHORISATION'))],
  ['body-empty', 'none of them', () => ofTwilio(url)],
  ['fields-escaped', 'colons', () => ofAdyen(adyenBody('7914::Shop:Test\\:1:1130:EUR:AUTHORISATION:true'))],
  ['content-url-form', 'http behind a proxy', () => ofTwilio(`${url.replace('https', 'http')}Bodya bFrom+1To+62`)],
  ['content-url-form', 'no query', () => ofTwilio('https://shop.example.com/hooksBodya bFrom+1To+62')],
];

describe('a signature over fields', () => {
  it.each(rows)('%s (%s)', async (name, _, diagnose) => {
    const diagnosis = await diagnose();
    expect(diagnosis.genuine).toBe(false);
    expect(namesOf(diagnosis)).toEqual([name]);
    expect(diagnosisText(diagnosis, look)).not.toMatch(/\{(detail|provider|expected|own|form|content)\}|undefined/);
  });

  it('is genuine', async () => {
    const diagnosis = await ofAdyen(adyenBody('7914::Shop:Test:1:1130:EUR:AUTHORISATION:true'));
    expect(diagnosis).toMatchObject({ genuine: true, covers: 'fields' });
    expect(diagnosisText(diagnosis, look)).toContain('fits the fields of the body that it covers');
    expect(await ofTwilio(`${url}Bodya bFrom+1To+62`)).toMatchObject({ genuine: true });
  });

  it('says over which fields it has to be', async () => {
    const [finding] = (await ofAdyen(adyenBody('7914,,Shop,Test:1,1130,EUR,AUTHORISATION,true'))).findings;
    expect(finding!.change).toContain('pspReference, originalReference, merchantAccountCode, merchantReference, value');
  });

  it('of a receiver is explained, too', async () => {
    const computed = pythonHmac('sha1', hexOf('its secret'), `${url}To+62From+1Bodya b`);
    expect(namesOf(await ofTwilio(`${url}Bodya bFrom+1To+62`, { computed }))).toEqual(['fields-order']);
  });
});

describe('a signature in the body', () => {
  const right = adyenBody('7914::Shop:Test:1:1130:EUR:AUTHORISATION:true');
  const path = 'notificationItems[0].NotificationRequestItem.additionalData.hmacSignature';

  it.each([
    ['missing', right.replace(/"hmacSignature":"[^"]+"/, '"hmacsignature":"x"')],
    ['empty', right.replace(/"hmacSignature":"[^"]+"/, '"hmacSignature":""')],
    ['missing', ''],
    ['missing', 'no JSON'],
  ])('is %s', async (problem, body) => {
    const diagnosis = await ofAdyen(body);
    expect(diagnosis.problems).toMatchObject([{ header: path, place: 'field', problem }]);
    expect(diagnosisText(diagnosis, look)).toContain(`not genuine: the field ${path} is ${problem}`);
  });

  it('may be in a field of another letter case', async () => {
    const [problem] = (await ofAdyen(right.replace('hmacSignature', 'HmacSignature'))).problems;
    expect(problem!.near).toContain(path.replace('hmac', 'Hmac'));
  });

  it('covers its time and token, and not the body', async () => {
    const script = 'print(hmac.new(sys.argv[1].encode(), sys.argv[2].encode(), sys.argv[3]).hexdigest())';
    const token = 'a8ce0edb2dd8301dee6c2405235584e45aa91d1e9f979f3de0';
    const body = (signed: string, hash = 'sha256') =>
      Buffer.from(
        JSON.stringify({
          signature: { timestamp: '1700000000', token, signature: python(script, 'its secret', signed, hash) },
          'event-data': { event: 'opened' },
        }),
      );
    const said = (bytes: Buffer, more = {}) => diagnosed({ provider: mailgun, headers: [], body: bytes, ...more });
    const genuine = await said(body(`1700000000${token}`));
    expect(genuine).toMatchObject({
      genuine: true,
      covers: 'nothing',
      time: { header: 'signature.timestamp', ageMs: 0 },
    });
    expect(diagnosisText(genuine, look)).toContain('fits what it covers, which is not the body');
    expect(namesOf(await said(body(`1700000000${token}`), { now: 1_700_003_600_000 }))).toEqual(['time-old']);
    expect(namesOf(await said(body(`${token}1700000000`)))).toEqual(['content-order']);
    expect(namesOf(await said(body(`1700000000.${token}`)))).toEqual(['content-separator']);
    expect(namesOf(await said(body(`1700000000${token}`, 'sha1')))).toEqual(['algorithm-sha1']);
  });

  it('of a private key is verified', async () => {
    const rsa = keyPair('RSA', '-pkeyopt', 'rsa_keygen_bits:2048');
    const fields = { Message: 'Hi', MessageId: '1', Timestamp: 't', TopicArn: 'arn', Type: 'Notification' };
    const text = (names: string[]) => names.map((name) => `${name}\n${fields[name as never]}\n`).join('');
    const said = (signed: string) => {
      const signature = signedBy(rsa.secret, signed, '-sha256').toString('base64');
      const body = Buffer.from(JSON.stringify({ ...fields, Signature: signature }));
      return diagnosed({ provider: sns, headers: [], body, secrets: [rsa.half] });
    };
    expect((await said(text(['Message', 'MessageId', 'Timestamp', 'TopicArn', 'Type']))).genuine).toBe(true);
    expect(namesOf(await said(text(['Message', 'MessageId', 'Timestamp', 'TopicArn'])))).toEqual(['fields-missing']);
    expect(namesOf(await said('HiNotification'))).toEqual([]);
  });
});

it('has a case for each hypothesis', () => {
  const named = rows.map(([name]) => name);
  expect(contentFields.map(({ name }) => name).filter((name) => !named.includes(name))).toEqual([]);
});
