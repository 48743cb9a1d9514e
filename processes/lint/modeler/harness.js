import Modeler from 'bpmn-js/lib/Modeler';
import { ElementTemplatesCoreModule } from 'bpmn-js-element-templates';
import camunda from 'camunda-bpmn-moddle/resources/camunda.json';
import modeler from 'modeler-moddle/resources/modeler.json';

const TEMPLATE = 'camunda:modelerTemplate';

async function open(xml) {
  const canvas = document.body.appendChild(document.createElement('div'));
  const opened = new Modeler({
    container: canvas,
    additionalModules: [ElementTemplatesCoreModule],
    moddleExtensions: { camunda, modeler }
  });
  const { warnings } = await opened.importXML(xml);
  return { opened, warnings: warnings.map(({ message }) => message) };
}

/** What Modeler has to say about a model when it opens it. */
window.warnings = async (xml) => (await open(xml)).warnings;

/** The elements of a model that name a template, as XML: each as it is, and as the template makes a bare task. */
window.templated = async (xml, templates) => {
  const { opened } = await open(xml);
  const elementTemplates = opened.get('elementTemplates');
  elementTemplates.set(templates);
  const drawn = opened.get('elementRegistry').filter(({ businessObject, type }) => type !== 'label' && businessObject.get(TEMPLATE));
  return Promise.all(
    drawn.map(async ({ businessObject, parent }) => {
      const template = elementTemplates.get(businessObject.get(TEMPLATE), businessObject.get(`${TEMPLATE}Version`));
      const task = opened.get('modeling').createShape({ type: 'bpmn:Task' }, { x: 0, y: 0 }, parent);
      const made = elementTemplates.applyTemplate(task, template).businessObject;
      const write = async (element) => (await opened.get('moddle').toXML(element)).xml;
      return { id: businessObject.id, template: template.id, drawn: await write(businessObject), made: await write(made) };
    })
  );
};
