/** The providers that are described in `examples/providers` and ship as examples, in the order in which they are listed. */
export const exampleNames = [
  'adyen',
  'aws-sns',
  'chargebee',
  'discord',
  'github',
  'gitlab',
  'hubspot',
  'line',
  'linear',
  'mailgun',
  'paddle',
  'plaid',
  'razorpay',
  'sendgrid',
  'shopify',
  'slack',
  'square',
  'standard-webhooks',
  'stripe',
  'twilio',
] as const;

/** The name of an example. */
export type ExampleName = (typeof exampleNames)[number];

/** Whether an example has this name. */
export function isExampleName(name: string): name is ExampleName {
  return (exampleNames as readonly string[]).includes(name);
}
