/** Lists of fields that known providers sign, which no search would find: in what order, and how they are put together. */
export interface FieldRecipe {
  readonly paths: readonly string[];
  readonly each: string;
  readonly join: string;
  readonly absent: 'empty' | 'left out';
  /** Paths that a body must have for the recipe to be tried. */
  readonly needs: readonly string[];
}

const adyenItem = 'notificationItems[0].NotificationRequestItem';

export const fieldRecipes: readonly FieldRecipe[] = [
  {
    // https://docs.adyen.com/development-resources/webhooks/verify-hmac-signatures/
    paths: [
      `${adyenItem}.pspReference`,
      `${adyenItem}.originalReference`,
      `${adyenItem}.merchantAccountCode`,
      `${adyenItem}.merchantReference`,
      `${adyenItem}.amount.value`,
      `${adyenItem}.amount.currency`,
      `${adyenItem}.eventCode`,
      `${adyenItem}.success`,
    ],
    each: '{value}',
    join: ':',
    absent: 'empty',
    needs: [`${adyenItem}.pspReference`],
  },
  {
    // https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
    paths: ['Message', 'MessageId', 'Subject', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
    each: '{name}\n{value}\n',
    join: '',
    absent: 'left out',
    needs: ['MessageId', 'TopicArn'],
  },
];
