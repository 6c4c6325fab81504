/** What has to come of a delivery where nobody says otherwise: that it is accepted; of a forgery that it is rejected; or any answer. */
export type ExpectedAnswer = 'accepted' | 'rejected' | 'any';
