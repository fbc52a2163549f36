import { useState } from "react";
import { createRoot } from "react-dom/client";
import { define } from "ruhu/visit";

define();
const record = { ruhu: 1, standard: "sichuan-household-2016", year: 2017, date: "2017-10-15" };

function App() {
  const [verdict, setVerdict] = useState("unknown");
  return (
    <>
      <p>结论：<output id="verdict">{verdict}</output></p>
      <ruhu-visit record={record} onruhu-verdict={({ detail }) => setVerdict(detail.verdict)} />
    </>
  );
}

createRoot(document.querySelector("#app")).render(<App />);
