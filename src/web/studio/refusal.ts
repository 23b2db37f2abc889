/** A request that is refused: one sentence for the page, and the HTTP status. */
export class RefusedError extends Error {
  override name = 'RefusedError';
  readonly status: 400 | 403 | 404 | 409 | 413 | 507;

  constructor(message: string, status: RefusedError['status'] = 409) {
    super(message);
    this.status = status;
  }
}
