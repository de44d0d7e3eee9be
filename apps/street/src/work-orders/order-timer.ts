import { Injectable } from '@nestjs/common';
import { Timers } from '@siaga/store';
import { orders } from './order-document.ts';

/** Lets go of orders that are over for long: screens are told no more of them, lists still have them. */
@Injectable()
export class OrderTimer {
  constructor(timers: Timers) {
    timers.onDue(orders, () => ({ change: { $set: { archived: true } } }));
  }
}
