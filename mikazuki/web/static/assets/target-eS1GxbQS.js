import{et as e,i as t}from"./i18n-7fhTEx4s.js";import{$t as n,Cn as r,F as i,Gt as a,I as o,In as s,Jt as c,Kt as l,N as u,Ot as d,Rn as f,S as p,St as m,V as h,Vt as g,Xt as _,Yt as v,Zt as y,a as b,hn as x,i as S,jn as C,kn as w,l as T,pn as E,qt as D,r as O,t as k,vt as A,wt as j,x as M,yt as N,zn as P}from"./_plugin-vue_export-helper-nX_YewPX.js";import{s as F}from"./Popover-C2tCSsRf.js";import{n as ee,t as te}from"./CollapseItem-DCThsYe-.js";import{t as ne}from"./VirtualList-Cm24Q-xH.js";import{A as re,a as I,at as L,it as R,n as z,ot as B,rt as V}from"./index-DhzwMCm2.js";var ie=[`id`],ae=[`stop-color`],oe=[`stop-color`],se=[`viewBox`],H=[`d`,`stroke-width`],U=[`d`,`stroke-width`],W={success:(E(),D(R)),error:(E(),D(B)),warning:(E(),D(V)),info:(E(),D(L))},G=n({name:`ProgressCircle`,props:{clsPrefix:{type:String,required:!0},status:{type:String,required:!0},strokeWidth:{type:Number,required:!0},fillColor:[String,Object],railColor:String,railStyle:[String,Object],percentage:{type:Number,default:0},offsetDegree:{type:Number,default:0},showIndicator:{type:Boolean,required:!0},indicatorTextColor:String,unit:String,viewBoxWidth:{type:Number,required:!0},gapDegree:{type:Number,required:!0},gapOffsetDegree:{type:Number,default:0}},setup(t,{slots:n}){let r=a(()=>{let e=`gradient`,{fillColor:n}=t;return typeof n==`object`?`${e}-${d(JSON.stringify(n))}`:e});function i(e,n,i,a){let{gapDegree:o,viewBoxWidth:s,strokeWidth:c}=t,l=50+c/2,u=`M ${l},${l} m 0,50
      a 50,50 0 1 1 0,-100
      a 50,50 0 1 1 0,100`,d=Math.PI*2*50;return{pathString:u,pathStyle:{stroke:a===`rail`?i:typeof t.fillColor==`object`?`url(#${r.value})`:i,strokeDasharray:`${Math.min(e,100)/100*(d-o)}px ${s*8}px`,strokeDashoffset:`-${o/2}px`,transformOrigin:n?`center`:void 0,transform:n?`rotate(${n}deg)`:void 0}}}let s=()=>{let e=typeof t.fillColor==`object`,n=e?t.fillColor.stops[0]:``,i=e?t.fillColor.stops[1]:``;return e&&(E(),v(`defs`,null,[l(`linearGradient`,{id:r.value,x1:`0%`,y1:`100%`,x2:`100%`,y2:`0%`},[l(`stop`,{offset:`0%`,"stop-color":n},null,8,ae),l(`stop`,{offset:`100%`,"stop-color":i},null,8,oe)],8,ie)]))};return()=>{let{fillColor:r,railColor:a,strokeWidth:c,offsetDegree:d,status:p,percentage:m,showIndicator:h,indicatorTextColor:_,unit:y,gapOffsetDegree:b,clsPrefix:x}=t,{pathString:S,pathStyle:C}=i(100,0,a,`rail`),{pathString:w,pathStyle:T}=i(m,d,r,`fill`),O=100+c;return E(),v(`div`,{class:u(`${x}-progress-content`),role:`none`},[l(`div`,{class:u(`${x}-progress-graph`),"aria-hidden":!0},[l(`div`,{class:u(`${x}-progress-graph-circle`),style:f({transform:b?`rotate(${b}deg)`:void 0})},[(E(),v(`svg`,{viewBox:`0 0 ${O} ${O}`},[o(()=>s()),l(`g`,null,[l(`path`,{class:u(`${x}-progress-graph-circle-rail`),d:S,"stroke-width":c,"stroke-linecap":`round`,fill:`none`,style:f(C)},null,14,H)]),l(`g`,null,[l(`path`,{class:u([`${x}-progress-graph-circle-fill`,m===0&&`${x}-progress-graph-circle-fill--empty`]),d:w,"stroke-width":c,"stroke-linecap":`round`,fill:`none`,style:f(T)},null,14,U)])],8,se))],6)],2),h?(E(),v(`div`,{key:0},[n.default?(E(),v(`div`,{key:0,class:u(`${x}-progress-custom-content`),role:`none`},[o(()=>n.default())],2)):(E(),v(g,{key:1},[p==="default"?(E(),v(`div`,{key:1,class:u(`${x}-progress-text`),style:f({color:_}),role:`none`},[l(`span`,{class:u(`${x}-progress-text__percentage`)},[o(()=>m)],2),l(`span`,{class:u(`${x}-progress-text__unit`)},[o(()=>y)],2)],6)):(E(),v(`div`,{key:0,class:u(`${x}-progress-icon`),"aria-hidden":!0},[(E(),D(e,{clsPrefix:x},{default:()=>W[p]},1032,[`clsPrefix`]))],2))],64))])):o(()=>null)],2)}}}),K={success:(E(),D(R)),error:(E(),D(B)),warning:(E(),D(V)),info:(E(),D(L))},ce=n({name:`ProgressLine`,props:{clsPrefix:{type:String,required:!0},percentage:{type:Number,default:0},railColor:String,railStyle:[String,Object],fillColor:[String,Object],status:{type:String,required:!0},indicatorPlacement:{type:String,required:!0},indicatorTextColor:String,unit:{type:String,default:`%`},processing:{type:Boolean,required:!0},showIndicator:{type:Boolean,required:!0},height:[String,Number],railBorderRadius:[String,Number],fillBorderRadius:[String,Number]},setup(t,{slots:n}){let r=a(()=>F(t.height)),i=a(()=>typeof t.fillColor==`object`?`linear-gradient(to right, ${t.fillColor?.stops[0]} , ${t.fillColor?.stops[1]})`:t.fillColor),s=a(()=>t.railBorderRadius===void 0?t.height===void 0?``:F(t.height,{c:.5}):F(t.railBorderRadius)),c=a(()=>t.fillBorderRadius===void 0?t.railBorderRadius===void 0?t.height===void 0?``:F(t.height,{c:.5}):F(t.railBorderRadius):F(t.fillBorderRadius));return()=>{let{indicatorPlacement:a,railColor:d,railStyle:p,percentage:m,unit:h,indicatorTextColor:_,status:y,showIndicator:b,processing:x,clsPrefix:S}=t;return E(),v(`div`,{class:u(`${S}-progress-content`),role:`none`},[l(`div`,{class:u(`${S}-progress-graph`),"aria-hidden":!0},[l(`div`,{class:u([`${S}-progress-graph-line`,{[`${S}-progress-graph-line--indicator-${a}`]:!0}])},[l(`div`,{class:u(`${S}-progress-graph-line-rail`),style:f([{backgroundColor:d,height:r.value,borderRadius:s.value},p])},[l(`div`,{class:u([`${S}-progress-graph-line-fill`,x&&`${S}-progress-graph-line-fill--processing`]),style:f({maxWidth:`${t.percentage}%`,background:i.value,height:r.value,lineHeight:r.value,borderRadius:c.value})},[a===`inside`?(E(),v(`div`,{key:0,class:u(`${S}-progress-graph-line-indicator`),style:f({color:_})},[n.default?(E(),v(g,{key:0},[o(()=>n.default())],64)):(E(),v(g,{key:1},[o(()=>`${m}${h}`)],64))],6)):o(()=>null)],6)],6)],2)],2),b&&a===`outside`?(E(),v(`div`,{key:0},[n.default?(E(),v(`div`,{key:0,class:u(`${S}-progress-custom-content`),style:f({color:_}),role:`none`},[o(()=>n.default())],6)):(E(),v(g,{key:1},[y==="default"?(E(),v(`div`,{key:0,role:`none`,class:u(`${S}-progress-icon ${S}-progress-icon--as-text`),style:f({color:_})},[o(()=>m),o(()=>h)],6)):(E(),v(`div`,{key:1,class:u(`${S}-progress-icon`),"aria-hidden":!0},[(E(),D(e,{clsPrefix:S},{default:()=>K[y]},1032,[`clsPrefix`]))],2))],64))])):o(()=>null)],2)}}}),le=[`id`],ue=[`stop-color`],de=[`stop-color`],fe=[`d`,`stroke-width`],pe=[`d`,`stroke-width`],me=[`viewBox`];function q(e,t,n=100){return`m ${n/2} ${n/2-e} a ${e} ${e} 0 1 1 0 ${2*e} a ${e} ${e} 0 1 1 0 -${2*e}`}var he=n({name:`ProgressMultipleCircle`,props:{clsPrefix:{type:String,required:!0},viewBoxWidth:{type:Number,required:!0},percentage:{type:Array,default:[0]},strokeWidth:{type:Number,required:!0},circleGap:{type:Number,required:!0},showIndicator:{type:Boolean,required:!0},fillColor:{type:Array,default:()=>[]},railColor:{type:Array,default:()=>[]},railStyle:{type:Array,default:()=>[]}},setup(e,{slots:t}){let n=a(()=>e.percentage.map((t,n)=>`${Math.PI*t/100*(e.viewBoxWidth/2-e.strokeWidth/2*(1+2*n)-e.circleGap*n)*2}, ${e.viewBoxWidth*8}`)),r=(t,n)=>{let r=e.fillColor[n],i=typeof r==`object`?r.stops[0]:``,a=typeof r==`object`?r.stops[1]:``;return typeof e.fillColor[n]==`object`&&(E(),v(`linearGradient`,{id:`gradient-${n}`,x1:`100%`,y1:`0%`,x2:`0%`,y2:`100%`},[l(`stop`,{offset:`0%`,"stop-color":i},null,8,ue),l(`stop`,{offset:`100%`,"stop-color":a},null,8,de)],8,le))};return()=>{let{viewBoxWidth:i,strokeWidth:a,circleGap:s,showIndicator:c,fillColor:d,railColor:p,railStyle:m,percentage:h,clsPrefix:g}=e;return E(),v(`div`,{class:u(`${g}-progress-content`),role:`none`},[l(`div`,{class:u(`${g}-progress-graph`),"aria-hidden":!0},[l(`div`,{class:u(`${g}-progress-graph-circle`)},[(E(),v(`svg`,{viewBox:`0 0 ${i} ${i}`},[l(`defs`,null,[o(()=>h.map((e,t)=>r(e,t)))]),o(()=>h.map((e,t)=>(E(),v(`g`,{key:t},[l(`path`,{class:u(`${g}-progress-graph-circle-rail`),d:q(i/2-a/2*(1+2*t)-s*t,a,i),"stroke-width":a,"stroke-linecap":`round`,fill:`none`,style:f([{strokeDashoffset:0,stroke:p[t]},m[t]])},null,14,fe),l(`path`,{class:u([`${g}-progress-graph-circle-fill`,e===0&&`${g}-progress-graph-circle-fill--empty`]),d:q(i/2-a/2*(1+2*t)-s*t,a,i),"stroke-width":a,"stroke-linecap":`round`,fill:`none`,style:f({strokeDasharray:n.value[t],strokeDashoffset:0,stroke:typeof d[t]==`object`?`url(#gradient-${t})`:d[t]})},null,14,pe)]))))],8,me))],2)],2),c&&t.default?(E(),v(`div`,{key:0},[l(`div`,{class:u(`${g}-progress-text`)},[o(()=>t.default())],2)])):o(()=>null)],2)}}}),ge=A([N(`progress`,{display:`inline-block`},[N(`progress-icon`,`
 color: var(--n-icon-color);
 transition: color .3s var(--n-bezier);
 `),m(`line`,`
 width: 100%;
 display: block;
 `,[N(`progress-content`,`
 display: flex;
 align-items: center;
 `,[N(`progress-graph`,{flex:1})]),N(`progress-custom-content`,{marginLeft:`14px`}),N(`progress-icon`,`
 width: 30px;
 padding-left: 14px;
 height: var(--n-icon-size-line);
 line-height: var(--n-icon-size-line);
 font-size: var(--n-icon-size-line);
 `,[m(`as-text`,`
 color: var(--n-text-color-line-outer);
 text-align: center;
 width: 40px;
 font-size: var(--n-font-size);
 padding-left: 4px;
 transition: color .3s var(--n-bezier);
 `)])]),m(`circle, dashboard`,{width:`120px`},[N(`progress-custom-content`,`
 position: absolute;
 left: 50%;
 top: 50%;
 transform: translateX(-50%) translateY(-50%);
 display: flex;
 align-items: center;
 justify-content: center;
 `),N(`progress-text`,`
 position: absolute;
 left: 50%;
 top: 50%;
 transform: translateX(-50%) translateY(-50%);
 display: flex;
 align-items: center;
 color: inherit;
 font-size: var(--n-font-size-circle);
 color: var(--n-text-color-circle);
 font-weight: var(--n-font-weight-circle);
 transition: color .3s var(--n-bezier);
 white-space: nowrap;
 `),N(`progress-icon`,`
 position: absolute;
 left: 50%;
 top: 50%;
 transform: translateX(-50%) translateY(-50%);
 display: flex;
 align-items: center;
 color: var(--n-icon-color);
 font-size: var(--n-icon-size-circle);
 `)]),m(`multiple-circle`,`
 width: 200px;
 color: inherit;
 `,[N(`progress-text`,`
 font-weight: var(--n-font-weight-circle);
 color: var(--n-text-color-circle);
 position: absolute;
 left: 50%;
 top: 50%;
 transform: translateX(-50%) translateY(-50%);
 display: flex;
 align-items: center;
 justify-content: center;
 transition: color .3s var(--n-bezier);
 `)]),N(`progress-content`,{position:`relative`}),N(`progress-graph`,{position:`relative`},[N(`progress-graph-circle`,[A(`svg`,{verticalAlign:`bottom`}),N(`progress-graph-circle-fill`,`
 stroke: var(--n-fill-color);
 transition:
 opacity .3s var(--n-bezier),
 stroke .3s var(--n-bezier),
 stroke-dasharray .3s var(--n-bezier);
 `,[m(`empty`,{opacity:0})]),N(`progress-graph-circle-rail`,`
 transition: stroke .3s var(--n-bezier);
 overflow: hidden;
 stroke: var(--n-rail-color);
 `)]),N(`progress-graph-line`,[m(`indicator-inside`,[N(`progress-graph-line-rail`,`
 height: 16px;
 line-height: 16px;
 border-radius: 10px;
 `,[N(`progress-graph-line-fill`,`
 height: inherit;
 border-radius: 10px;
 `),N(`progress-graph-line-indicator`,`
 background: #0000;
 white-space: nowrap;
 text-align: right;
 margin-left: 14px;
 margin-right: 14px;
 height: inherit;
 font-size: 12px;
 color: var(--n-text-color-line-inner);
 transition: color .3s var(--n-bezier);
 `)])]),m(`indicator-inside-label`,`
 height: 16px;
 display: flex;
 align-items: center;
 `,[N(`progress-graph-line-rail`,`
 flex: 1;
 transition: background-color .3s var(--n-bezier);
 `),N(`progress-graph-line-indicator`,`
 background: var(--n-fill-color);
 font-size: 12px;
 transform: translateZ(0);
 display: flex;
 vertical-align: middle;
 height: 16px;
 line-height: 16px;
 padding: 0 10px;
 border-radius: 10px;
 position: absolute;
 white-space: nowrap;
 color: var(--n-text-color-line-inner);
 transition:
 right .2s var(--n-bezier),
 color .3s var(--n-bezier),
 background-color .3s var(--n-bezier);
 `)]),N(`progress-graph-line-rail`,`
 position: relative;
 overflow: hidden;
 height: var(--n-rail-height);
 border-radius: 5px;
 background-color: var(--n-rail-color);
 transition: background-color .3s var(--n-bezier);
 `,[N(`progress-graph-line-fill`,`
 background: var(--n-fill-color);
 position: relative;
 border-radius: 5px;
 height: inherit;
 width: 100%;
 max-width: 0%;
 transition:
 background-color .3s var(--n-bezier),
 max-width .2s var(--n-bezier);
 `,[m(`processing`,[A(`&::after`,`
 content: "";
 background-image: var(--n-line-bg-processing);
 animation: progress-processing-animation 2s var(--n-bezier) infinite;
 `)])])])])])]),A(`@keyframes progress-processing-animation`,`
 0% {
 position: absolute;
 left: 0;
 top: 0;
 bottom: 0;
 right: 100%;
 opacity: 1;
 }
 66% {
 position: absolute;
 left: 0;
 top: 0;
 bottom: 0;
 right: 0;
 opacity: 0;
 }
 100% {
 position: absolute;
 left: 0;
 top: 0;
 bottom: 0;
 right: 0;
 opacity: 0;
 }
 `)]),_e=[`aria-valuenow`,`role`],ve={...M.props,processing:Boolean,type:{type:String,default:`line`},gapDegree:Number,gapOffsetDegree:Number,status:{type:String,default:`default`},railColor:[String,Array],railStyle:[String,Array],color:[String,Array,Object],viewBoxWidth:{type:Number,default:100},strokeWidth:{type:Number,default:7},percentage:[Number,Array],unit:{type:String,default:`%`},showIndicator:{type:Boolean,default:!0},indicatorPosition:{type:String,default:`outside`},indicatorPlacement:{type:String,default:`outside`},indicatorTextColor:String,circleGap:{type:Number,default:1},height:Number,borderRadius:[String,Number],fillBorderRadius:[String,Number],offsetDegree:Number},ye=n({name:`Progress`,props:ve,setup(e){let t=a(()=>e.indicatorPlacement||e.indicatorPosition),n=a(()=>{if(e.gapDegree||e.gapDegree===0)return e.gapDegree;if(e.type===`dashboard`)return 75}),{mergedClsPrefixRef:r,inlineThemeDisabled:i}=h(e),o=M(`Progress`,`-progress`,ge,re,e,r),s=a(()=>{let{status:t}=e,{common:{cubicBezierEaseInOut:n},self:{fontSize:r,fontSizeCircle:i,railColor:a,railHeight:s,iconSizeCircle:c,iconSizeLine:l,textColorCircle:u,textColorLineInner:d,textColorLineOuter:f,lineBgProcessing:p,fontWeightCircle:m,[j(`iconColor`,t)]:h,[j(`fillColor`,t)]:g}}=o.value;return{"--n-bezier":n,"--n-fill-color":g,"--n-font-size":r,"--n-font-size-circle":i,"--n-font-weight-circle":m,"--n-icon-color":h,"--n-icon-size-circle":c,"--n-icon-size-line":l,"--n-line-bg-processing":p,"--n-rail-color":a,"--n-rail-height":s,"--n-text-color-circle":u,"--n-text-color-line-inner":d,"--n-text-color-line-outer":f}}),c=i?p(`progress`,a(()=>e.status[0]),s,e):void 0;return{mergedClsPrefix:r,mergedIndicatorPlacement:t,gapDeg:n,cssVars:i?void 0:s,themeClass:c?.themeClass,onRender:c?.onRender}},render(){let{type:e,cssVars:t,indicatorTextColor:n,showIndicator:r,status:a,railColor:s,railStyle:c,color:l,percentage:d,viewBoxWidth:p,strokeWidth:m,mergedIndicatorPlacement:h,unit:_,borderRadius:y,fillBorderRadius:b,height:x,processing:S,circleGap:C,mergedClsPrefix:w,gapDeg:T,gapOffsetDegree:O,themeClass:k,$slots:A,onRender:j}=this;return j?.(),E(),v(`div`,{class:u([k,`${w}-progress`,`${w}-progress--${e}`,`${w}-progress--${a}`]),style:f(t),"aria-valuemax":100,"aria-valuemin":0,"aria-valuenow":d,role:e===`circle`||e===`line`||e===`dashboard`?`progressbar`:`none`},[e===`circle`||e===`dashboard`?(E(),D(G,{key:0,clsPrefix:w,status:a,showIndicator:r,indicatorTextColor:n,railColor:s,fillColor:l,railStyle:c,offsetDegree:this.offsetDegree,percentage:d,viewBoxWidth:p,strokeWidth:m,gapDegree:T===void 0?e===`dashboard`?75:0:T,gapOffsetDegree:O,unit:_},i(A),1032,[`clsPrefix`,`status`,`showIndicator`,`indicatorTextColor`,`railColor`,`fillColor`,`railStyle`,`offsetDegree`,`percentage`,`viewBoxWidth`,`strokeWidth`,`gapDegree`,`gapOffsetDegree`,`unit`])):(E(),v(g,{key:1},[e===`line`?(E(),D(ce,{key:0,clsPrefix:w,status:a,showIndicator:r,indicatorTextColor:n,railColor:s,fillColor:l,railStyle:c,percentage:d,processing:S,indicatorPlacement:h,unit:_,fillBorderRadius:b,railBorderRadius:y,height:x},i(A),1032,[`clsPrefix`,`status`,`showIndicator`,`indicatorTextColor`,`railColor`,`fillColor`,`railStyle`,`percentage`,`processing`,`indicatorPlacement`,`unit`,`fillBorderRadius`,`railBorderRadius`,`height`])):(E(),v(g,{key:1},[e===`multiple-circle`?(E(),D(he,{key:0,clsPrefix:w,strokeWidth:m,railColor:s,fillColor:l,railStyle:c,viewBoxWidth:p,percentage:d,showIndicator:r,circleGap:C},i(A),1032,[`clsPrefix`,`strokeWidth`,`railColor`,`fillColor`,`railStyle`,`viewBoxWidth`,`percentage`,`showIndicator`,`circleGap`])):o(()=>null)],64))],64))],14,_e)}}),be=/^\d+_/;function xe(e){return[...e.dataTransfer?.types??[]].includes(`Files`)}async function Se(e){let t=[...e.dataTransfer?.files??[]].map(e=>({file:e,name:e.name})),n=[...e.dataTransfer?.items??[]].map(e=>e.webkitGetAsEntry()).filter(e=>e!==null);return n.length?J((await Promise.all(n.map(e=>Y(e,``)))).flat()):t}function Ce(e){let t=[...e.files??[]].map(e=>({file:e,name:e.webkitRelativePath||e.name}));return e.value=``,J(t)}function J(e){let t=new Set(e.map(e=>e.name.includes(`/`)?e.name.split(`/`)[0]:``)),[n]=t;return t.size!==1||!n||be.test(n)?e:e.map(e=>({...e,name:e.name.slice(n.length+1)}))}async function Y(e,t){let n=t+e.name;if(e.isFile)return[{file:await new Promise((t,n)=>e.file(t,n)),name:n}];let r=await we(e.createReader());return(await Promise.all(r.map(e=>Y(e,`${n}/`)))).flat()}async function we(e){let t=[];for(;;){let n=await new Promise((t,n)=>e.readEntries(t,n));if(!n.length)return t;t.push(...n)}}var Te=24e6,Ee=40,X=C([]),Z=new Map,De=0;function Q(){return{uploads:X,start:Oe,stop:ke,forget:Ae}}async function Oe(e,t){let n=t.reduce((e,t)=>e+t.file.size,0),r=w({key:De+=1,folder:e,files:t.length,bytes:n,sent:0,added:0,skipped:[],state:`running`,error:null});X.value=[r,...X.value];let i=new AbortController;Z.set(r.key,i);try{for(let e of $(t))await je(r,e,i.signal);r.state=`done`}catch(e){r.state=i.signal.aborted?`stopped`:`failed`,r.error=e}finally{Z.delete(r.key)}return r}function ke(e){Z.get(e.key)?.abort()}function Ae(e){X.value=X.value.filter(t=>t.key!==e.key)}function $(e){let t=[],n=1/0;for(let r of e){let e=t.at(-1);!e||n+r.file.size>Te||e.length>=Ee?(t.push([r]),n=r.file.size):(e.push(r),n+=r.file.size)}return t}async function je(e,t,n){let r=e.sent,i=t.reduce((e,t)=>e+t.file.size,0),a=await Me(e.folder,t,n,t=>e.sent=r+Math.round(i*t));e.sent=r+i,e.added+=a.added.length,e.skipped.push(...a.skipped)}function Me(e,t,n,r){let i=new FormData;for(let e of t)i.append(`files`,e.file,e.name);return new Promise((t,a)=>{let o=new XMLHttpRequest;o.open(`POST`,b(`api/datasets/upload?path=${encodeURIComponent(e)}`)),o.responseType=`json`,o.upload.onprogress=e=>e.lengthComputable&&r(e.loaded/e.total),o.onload=()=>{if(o.status<300)return t(o.response);let e=o.response?.errors;return a(new S(o.status,e??[{code:`http-${o.status}`,message:o.statusText,hint:``}]))},o.onerror=()=>a(new S(0,[{code:`unreachable`,message:``,hint:``}])),o.onabort=()=>a(new DOMException(`stopped`,`AbortError`)),n.addEventListener(`abort`,()=>o.abort()),o.send(i)})}var Ne=[`aria-label`],Pe={class:`line`},Fe=[`title`],Ie={class:`numbers words`,"aria-live":`polite`},Le={class:`skip`},Re={class:`mono`},ze=k(n({__name:`UploadStatus`,setup(e){let{t:n,te:i}=T(),{uploads:a,stop:o,forget:u}=Q(),{show:d}=O();function f(e){return e.bytes?Math.floor(100*e.sent/e.bytes):100}function p(e,t){return i(`datasets.reasons.${e}`)?n(`datasets.reasons.${e}`):t}function m(e){if(e.state===`running`&&e.sent>=e.bytes)return n(`datasets.upload.unpacking`);let t={n:I(e.added),all:I(e.files),sent:z(e.sent),bytes:z(e.bytes)};return n(`datasets.upload.${e.state}`,t)}return(e,i)=>s(a).length?(E(),v(`section`,{key:0,class:`uploads`,"aria-label":s(n)(`datasets.upload.title`)},[(E(!0),v(g,null,x(s(a),e=>(E(),v(`article`,{key:e.key,class:`upload`},[l(`div`,Pe,[l(`span`,{class:`folder`,title:e.folder},P(e.folder.split(/[\\/]/).slice(-2).join(`/`)),9,Fe),l(`span`,Ie,P(m(e)),1),e.state===`failed`?(E(),D(s(t),{key:0,size:`tiny`,onClick:t=>s(d)(e.error)},{default:r(()=>[_(P(s(n)(`datasets.upload.why`)),1)]),_:1},8,[`onClick`])):c(``,!0),e.state===`running`?(E(),D(s(t),{key:1,size:`tiny`,onClick:t=>s(o)(e)},{default:r(()=>[_(P(s(n)(`datasets.upload.stop`)),1)]),_:1},8,[`onClick`])):(E(),D(s(t),{key:2,size:`tiny`,quaternary:``,onClick:t=>s(u)(e)},{default:r(()=>[_(P(s(n)(`common.close`)),1)]),_:1},8,[`onClick`]))]),e.state===`running`?(E(),D(s(ye),{key:0,percentage:f(e),height:6,"show-indicator":!1,"aria-label":s(n)(`datasets.upload.title`)},null,8,[`percentage`,`aria-label`])):c(``,!0),e.skipped.length?(E(),D(s(ee),{key:1},{default:r(()=>[y(s(te),{title:s(n)(`datasets.upload.skipped`,{n:s(I)(e.skipped.length)})},{default:r(()=>[y(s(ne),{class:`skipped`,items:e.skipped.map((e,t)=>({...e,key:t})),"item-size":30},{default:r(({item:e})=>[l(`div`,Le,[l(`span`,Re,P(e.name),1),l(`span`,null,P(p(e.code,e.reason)),1)])]),_:1},8,[`items`])]),_:2},1032,[`title`])]),_:2},1024)):c(``,!0)]))),128))],8,Ne)):c(``,!0)}}),[[`__scopeId`,`data-v-77685727`]]);function Be(e,t){let[n,...r]=e.folders,i=t.every(e=>!e.name.includes(`/`));return n&&!r.length&&i?n.path:e.path}export{Se as a,Ce as i,ze as n,xe as o,Q as r,Be as t};