import {b,press,text,shot,URL} from './.walk.mjs'
const ctx=async(state,viewport={width:390,height:844},locale='da-DK',scheme='light')=>{const c=await b.newContext({viewport,locale,colorScheme:scheme,reducedMotion:'reduce',storageState:state}); const p=await c.newPage(); p.setDefaultTimeout(8000); p.on('console',m=>{ if(m.type()==='error') console.log('CONSOLE',m.text())}); return p}
try{
const s=await ctx('/tmp/e-console/s.json'); await s.goto(URL+'/console#board'); await s.waitForTimeout(1200)
await press(s,'Opret for en anden'); await s.waitForTimeout(600); console.log(await text(s)); await shot(s,'e1behalf')
await s.getByRole('button',{name:/^Opret|^Bed om/}).last().click(); await s.waitForTimeout(600); console.log('-- empty', await text(s)); await shot(s,'e2empty')
}catch(x){console.log('ERR',x.message)}
try{const n=await ctx(undefined); await n.goto(URL+'/console'); await n.waitForTimeout(900); console.log('SIGNIN',await text(n)); await shot(n,'e3signin'); await press(n,'Log ind med adgangsnøgle').catch(e=>console.log(e.message)); await n.waitForTimeout(1500); console.log('SIGNIN2',await text(n))
const n2=await ctx(undefined); await n2.goto(URL+'/console#link=abc'); await n2.waitForTimeout(900); await press(n2,'Log ind'); await n2.waitForTimeout(700); console.log('LINK',await text(n2))
await n2.goto(URL+'/console#nonsense'); await n2.waitForTimeout(500); console.log((await text(n2)).slice(0,200))
}catch(x){console.log('ERR',x.message)} finally{await b.close()}
