import { ClipsOf, type ClipsAbout } from './clips/clips-of.tsx';
import { StillsOf } from './stills/stills-of.tsx';

/** What is kept of cameras, stills and recordings, of one camera or for one alarm or incident. */
export function PicturesOf(of: ClipsAbout) {
  return (
    <>
      <StillsOf {...of} />
      <ClipsOf {...of} />
    </>
  );
}
