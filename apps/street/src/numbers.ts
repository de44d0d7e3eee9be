export { numberOf, numberOfPress } from '@siaga/service';
