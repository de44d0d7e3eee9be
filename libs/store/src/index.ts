export { trusted } from 'mongoose';
export {
  defineCollection,
  stateOf,
  type AnyCollection,
  type Collection,
  type CollectionIndex,
  type CollectionSettings,
  type State,
} from './collection.ts';
export type { Kept, OnceKey, Stored } from './kept.ts';
export type { Change } from './change.ts';
export { databaseOf } from './cities.ts';
export { emission, retraction, type Emission } from './outbox-entries.ts';
export type { Page, PageQuery } from './page.ts';
export { forgetPresses } from './presses.ts';
export { defined, setOrUnset } from './set-or-unset.ts';
export { Store, type Turned } from './store.ts';
export { Blobs, type BlobInfo } from './blobs.ts';
export { MOST_PHOTO_BYTES, pictureTypeOf } from './picture.ts';
export { plainJpeg } from './plain-jpeg.ts';
export { Timers, type Due, type DueHandler } from './timers.ts';
export { Documents, type DocumentsSettings } from './documents.ts';
export type { Seat } from './lease.ts';
export { StoreModule } from './store.module.ts';
