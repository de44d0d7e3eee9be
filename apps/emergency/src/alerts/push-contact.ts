/** Whom push services may ask about our messages (`sub` of RFC 8292): configuration, given to who sends. */
export class PushContact {
  readonly known: { readonly contact?: string };

  constructor(contact: string | undefined) {
    this.known = contact === undefined ? {} : { contact };
  }
}
