/** Id-like texts of the samples that stay the same in every delivery, by provider, each with the reason. */
export const notIdentities: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  scalev: {
    '92efa6b7-c5eb-49d8-81ea-c23486e7e56e': 'the business, whose account it is',
    warehouse_SfAuHfG8AkKijn1VQ7F6HUwi: 'its warehouse',
    variant_iDwI8ZiMrmcgXBCqRUA39alH: 'its catalogue',
    variant_OTe5y7VggdtktoSy4unub3v4: 'its catalogue',
  },
  covver: {
    '0a9caf7e-c4b8-490c-a891-4698ed2c2c4b': "the company: the receiver's own account",
    '8b35adb66151919fb981a266b2bc2b9c688778d8': 'the hash of an artwork, which stays the same artwork',
  },
  webconnex: {
    regOptions: 'the type of a form field',
  },
  commercelayer: {
    qBvNkFLoWz: 'the organization, whose account it is',
    decafbadfeedbeefdecafbadfeedbeef: 'the shared secret of an external promotion, which stays the same',
  },
};

/** Events that are in no group, by provider, each with the reason. */
export const outsideGroups: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  webconnex: {
    test: 'has a fixed body',
    ping: 'has a fixed body',
  },
};
