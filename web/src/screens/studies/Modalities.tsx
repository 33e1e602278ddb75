/** Modalities as their DICOM codes, which those who read them know. */
export function Modalities({ codes }: { codes: string[] }) {
  return codes.map((code) => (
    <span key={code} className="modality" translate="no">
      {code}
    </span>
  ));
}
