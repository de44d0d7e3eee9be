import { CityAround } from './city-around.ts';
import { SurroundingsController } from './surroundings.controller.ts';

/** What the look around a call brings to the service. */
export const surroundingsParts = {
  controllers: [SurroundingsController],
  providers: [CityAround],
};
