/** Leads to a recording; an address no browser opens (RTSP) is written out, for the recorder's own program. */
export function RecordingLink({ url, children }: { url: string; children: string }) {
  if (/^https?:/.test(url))
    return (
      <a href={url} target="_blank" rel="noreferrer">
        {children}
      </a>
    );
  return (
    <>
      {children}: <code>{url}</code>
    </>
  );
}
