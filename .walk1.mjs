import {b,dev,press,text,shot,URL} from './.walk.mjs'
import { readFileSync, writeFileSync } from 'node:fs'
const link=readFileSync('/tmp/e-console.out','utf8').match(/http:\S+#link=\S+/)[0]
try{
const a=await dev()
await a.goto(link); await a.waitForTimeout(800); console.log('1--',await text(a)); await shot(a,'1first')
await press(a,'Log ind'); await a.waitForTimeout(1000); console.log('2--',await text(a)); await shot(a,'2me')
await a.getByLabel('Hvad kalder du enheden?').fill('Min telefon'); await press(a,'Opret adgangsnøgle'); await a.waitForTimeout(800); console.log('3--',await text(a))
await a.getByRole('tab',{name:'Ansatte'}).click(); await a.waitForTimeout(600); console.log('4--',await text(a)); await shot(a,'4staff')
const links={}
for(const [n,role] of [['Sanne Prøve','Koordinator'],['Erik Prøve','Redaktør']]){
 await press(a,'Invitér en ansat'); await a.getByLabel('Navn').fill(n); await a.getByRole('checkbox',{name:role,exact:true}).check(); await a.waitForTimeout(200)
 if(n[0]==='S'){console.log('5--',await text(a)); await shot(a,'5invite')
  await a.getByRole('checkbox',{name:'Birkehaven (demo)'}).check(); await a.getByRole('checkbox',{name:'Må se sager om fare og vold'}).check() }
 else await a.getByRole('checkbox',{name:'Alle områder'}).check()
 await press(a,'Invitér en ansat'); await a.waitForTimeout(800); links[n]=await a.getByLabel('Link til '+n).inputValue(); if(n[0]==='S'){console.log('6--',await text(a)); await shot(a,'6link')}
}
writeFileSync('/tmp/e-console/links.json',JSON.stringify(links))
await a.context().storageState({path:'/tmp/e-console/a.json'})
const s=await dev(); await s.goto(links['Sanne Prøve']); await s.waitForTimeout(500); await press(s,'Log ind'); await s.waitForTimeout(1000); console.log('7--',await text(s)); await shot(s,'7sanne')
await s.getByLabel('Hvad kalder du enheden?').fill('Telefon'); await press(s,'Opret adgangsnøgle'); await s.waitForTimeout(800)
await s.getByRole('tab',{name:'Opgaver'}).click(); await s.waitForTimeout(800); console.log('8--',await text(s)); await shot(s,'8board')
await s.context().storageState({path:'/tmp/e-console/s.json'})
const e=await dev(); await e.goto(links['Erik Prøve']); await e.waitForTimeout(500); await press(e,'Log ind'); await e.waitForTimeout(1000); console.log('9--',await text(e)); await shot(e,'9erik')
const used=await dev(); await used.goto(links['Erik Prøve']); await used.waitForTimeout(500); await press(used,'Log ind'); await used.waitForTimeout(500); console.log('10--',await text(used)); await shot(used,'10used')
} catch(x){console.log('ERR',x.message)} finally { await b.close() }
