import { Injectable } from '@nestjs/common';
import { RecordedReports } from '@siaga/identity';
import { PerCity, RouteSettings } from '@siaga/service';

/** What this process recorded of each city's controllers: a repeat is known by it. */
@Injectable()
export class RecordedInCity extends PerCity<RecordedReports> {
  constructor({ cities }: RouteSettings) {
    super(cities, () => new RecordedReports());
  }
}
