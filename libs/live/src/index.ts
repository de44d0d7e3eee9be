export { createLive, type Live, type LiveOptions } from './create-live.ts';
export { SessionAccount, type Account, type AskAccount } from './account.ts';
export { Applied, type LatestItem, type Outcome } from './applied.ts';
export type { LatestView } from './latest-views.ts';
export type { LinkState, LinkStatus, Missed } from './link.ts';
