import { Injectable } from '@nestjs/common';
import { CityRecords, currentContext } from '@siaga/service';

/** What is drawn over a picture, so that one that is photographed off a screen tells who had it before him, and when. */
@Injectable()
export class Watermark {
  constructor(private readonly records: CityRecords) {}

  /** `p1 · 22 Nov 2026 19.10.05`: the caller's id, which the trail knows, and city time. */
  of(atMs: number): string {
    const { city, principal } = currentContext();
    const timeZone = this.records.timezoneOf(city);
    const when = new Intl.DateTimeFormat('id-ID', { dateStyle: 'medium', timeStyle: 'medium', timeZone });
    return `${principal.id} · ${when.format(atMs)}`.slice(0, 120);
  }
}
