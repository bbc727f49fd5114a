import {b,press,text,shot,URL} from './.walk.mjs'
const ctx=async(state,viewport={width:390,height:844},locale='da-DK',scheme='light')=>{const c=await b.newContext({viewport,locale,colorScheme:scheme,reducedMotion:'reduce',storageState:state}); const p=await c.newPage(); p.setDefaultTimeout(8000); p.on('console',m=>{ if(m.type()==='error') console.log('CONSOLE',m.text())}); return p}
try{
const s=await ctx('/tmp/e-console/s.json'); await s.goto(URL+'/console#board'); await s.waitForTimeout(1200)
const step=async(n,f)=>{await f(); await s.waitForTimeout(900); console.log('== '+n+'\n', (await text(s)).split('Tilbage til listen')[1]?.slice(0,1500)); await shot(s,n)}
await s.locator('.board-row').first().click(); await s.waitForTimeout(800)
await step('c1seen',()=>press(s,'Jeg har set den'))
await step('c2more',()=>press(s,'Spørg flere'))
await step('c3write',()=>press(s,'Skriv til beboeren'))
await s.locator('.act-form textarea').fill('Jeg finder en, der kan handle for dig i dag.')
await step('c4sent',async()=>{await s.locator('.act-form button').first().click()})
await step('c5take',()=>press(s,'Tag opgaven'))
await step('c6reassign',()=>press(s,'Giv til en anden'))
await step('c7pass',()=>press(s,'Send videre'))
await step('c8close',()=>press(s,'Luk opgaven'))
await s.context().storageState({path:'/tmp/e-console/s.json'})
}catch(x){console.log('ERR',x.message)} finally{await b.close()}
