/** What has to come of a delivery where nobody says otherwise: that it is accepted; of a forgery that it is refused; or any answer. */
export type ExpectedAnswer = 'accepted' | 'refused' | 'any';
