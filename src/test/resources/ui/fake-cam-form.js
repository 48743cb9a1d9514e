// What Tasklist's form object does for a form, as far as ours uses it.
({ html, requestId, stage }) => {
  const variables = {};
  const handlers = {};
  const host = document.createElement('div');
  host.setAttribute('ng-class', "{ 'disabled-form': options.disableForm }");
  host.className = 'disabled-form';
  host.append(...new DOMParser().parseFromString(html, 'text/html').body.childNodes);
  document.body.replaceChildren(host);
  const form = host.querySelector('form');
  const camForm = {
    formElement: [form],
    submitPrevented: false,
    on: (event, handler) => (handlers[event] ??= []).push(handler),
    variableManager: {
      variables,
      fetchVariable: (name) => (variables[name] = { name }),
      variableValue: (name) => variables[name].value,
      createVariable: (variable) => {
        if (variables[variable.name]) throw new Error(`${variable.name} exists already`);
        variables[variable.name] = variable;
      },
      destroyVariable: (name) => {
        if (!variables[name]) throw new Error(`${name} does not exist`);
        delete variables[name];
      },
    },
  };
  const fire = (event, ...details) => (handlers[event] ?? []).forEach((handler) => handler(camForm, details));
  new Function('camForm', form.querySelector('script[cam-script]').text)(camForm);
  fire('form-loaded');
  variables.requestId.value = requestId;
  variables.stage.value = stage;
  fire('variables-fetched');
  fire('variables-applied');
  window.tasklist = {
    claim: () => host.classList.remove('disabled-form'),
    submit: () => {
      camForm.submitPrevented = false;
      fire('submit');
      if (camForm.submitPrevented) fire('submit-failed', new Error('camForm submission prevented'));
      return { prevented: camForm.submitPrevented, variables };
    },
    refuse: (message) => fire('submit-failed', new Error(message)),
  };
}
