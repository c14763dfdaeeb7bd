// The panel's style sheet. What the page's own says of the same elements is undone first.

const host = "#wf-problems";

export const styles = `
${host},${host} *{all:revert;box-sizing:border-box}
${host}{position:fixed;left:0;right:0;bottom:0;z-index:2147483000;display:flex;flex-direction:column;align-items:flex-end;pointer-events:none;color:#FBECE7;font:15px/1.7 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;text-align:left}
${host}>*{pointer-events:auto;background:#3A1D17}
${host} [hidden]{display:none}
${host} .box{align-self:stretch;max-height:45vh;overflow:auto;border-top:4px solid #F08A73}
${host} .top{position:sticky;top:0;display:flex;align-items:center;justify-content:space-between;padding:8px 20px;background:#3A1D17}
${host} .title{margin:0;font-size:15px;font-weight:600}
${host} .list{padding:0 20px 12px}
${host} .item{padding:8px 0;border-top:1px solid #6B3F35}
${host} p,${host} pre{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
${host} .place,${host} .excerpt{font-family:Consolas,"Noto Sans Mono CJK SC",monospace;font-size:15px}
${host} .place{color:#F7B7A7}
${host} .excerpt{padding-left:1em;border-left:2px solid #F08A73}
${host} .hint{color:#E8D5CF}
${host} button{min-height:32px;padding:2px 12px;font:inherit;color:inherit;background:#5A2F26;border:1px solid #F08A73;border-radius:4px;cursor:pointer}
${host} button:focus-visible{outline:3px solid #FFF;outline-offset:2px}
${host} .open,${host} .status{margin:0 16px 16px}
${host} .status{align-self:flex-start;padding:6px 14px;border-radius:4px}
@media print{${host}{display:none}}
`;
