import { WorkOrder, WorkOrderChanged } from '@siaga/contracts';
import { defineCollection, stateOf, type Stored } from '@siaga/store';

type Optional = 'plannedOn' | 'crew' | 'note' | 'remark' | 'noPhotoReason' | 'cancelReason';

/** A work order as the rules see it. */
export type Order = Omit<WorkOrder, 'workOrderId' | 'version' | Optional> & {
  [Field in Optional]?: WorkOrder[Field] | undefined;
} & {
  exercise: boolean;
  /** Over for so long that screens are not told of it any more; lists are. */
  archived?: true | undefined;
};

/** Work orders; `_id` is the workOrderId. */
export const orders = defineCollection<Order>({
  name: 'street_work_orders',
  called: 'perintah kerja',
  fields: {
    status: { type: String, required: true },
    plannedOn: String,
    crew: String,
    note: String,
    stops: { type: [Object], required: true },
    straightLineM: { type: Number, required: true },
    reportIds: { type: [String], required: true },
    photos: { type: [{ _id: false, hash: String, contentType: String, bytes: Number, atMs: Number }], required: true },
    materials: { type: [Object], required: true },
    remark: String,
    noPhotoReason: String,
    notSettled: { type: [String], required: true },
    cancelReason: String,
    steps: { type: [Object], required: true },
    changedAtMs: { type: Number, required: true },
    exercise: { type: Boolean, required: true },
    archived: Boolean,
  },
  indexes: [
    { name: 'changed', fields: { changedAtMs: 1 } },
    { name: 'status', fields: { status: 1, changedAtMs: 1 } },
    { name: 'photo', fields: { 'photos.hash': 1 } },
    { name: 'exercise', fields: { exercise: 1 } },
  ],
  state: stateOf(WorkOrderChanged, ({ _id, archived, ...order }) =>
    archived === true ? null : WorkOrderChanged.data.parse({ ...order, workOrderId: _id, stops: order.stops.length }),
  ),
});

export type StoredOrder = Stored<Order>;

/** What callers are told of an order: what the contract names, and nothing else. */
export const orderOf = ({ _id, ...stored }: StoredOrder): WorkOrder => WorkOrder.parse({ workOrderId: _id, ...stored });
