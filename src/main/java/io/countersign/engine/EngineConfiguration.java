package io.countersign.engine;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.spring.boot.starter.annotation.EnableProcessApplication;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * The engine as we run it; models and forms are deployed as {@code META-INF/processes.xml} lists
 * them.
 */
@Configuration(proxyBeanMethods = false)
@EnableProcessApplication("countersign")
class EngineConfiguration {

  @Bean
  @Order(Ordered.LOWEST_PRECEDENCE)
  AbstractProcessEnginePlugin hardenedEngine(
      ApplicationContext context,
      ObjectProvider<DecisionCheck> check,
      ObjectProvider<DeploymentCheck> deployments,
      QueryExpressionProbe probe,
      EngineTime time) {
    return new Plugin(context, check, deployments, probe, time);
  }

  private static final class Plugin extends AbstractProcessEnginePlugin {

    private final ApplicationContext context;
    private final ObjectProvider<DecisionCheck> check;
    private final ObjectProvider<DeploymentCheck> deployments;
    private final QueryExpressionProbe probe;
    private final EngineTime time;

    Plugin(
        ApplicationContext context,
        ObjectProvider<DecisionCheck> check,
        ObjectProvider<DeploymentCheck> deployments,
        QueryExpressionProbe probe,
        EngineTime time) {
      this.context = context;
      this.check = check;
      this.deployments = deployments;
      this.probe = probe;
      this.time = time;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
      time.follow();
      engine.setExpressionManager(new GuardedExpressions(context, new ModelBeans(context)));
      EngineSettings.apply(engine);
      engine.setCustomPreDeployers(List.of(new CheckedDeployments(deployments::getObject)));
      engine.setCustomPreCommandInterceptorsTxRequired(
          plus(
              engine.getCustomPreCommandInterceptorsTxRequired(),
              new EngineAnswers(engine::getIdentityService)));
      engine.setCustomPreCommandInterceptorsTxRequiresNew(
          plus(
              engine.getCustomPreCommandInterceptorsTxRequiresNew(),
              new EngineAnswers(engine::getIdentityService)));
      engine.setCustomPostCommandInterceptorsTxRequired(
          plus(
              engine.getCustomPostCommandInterceptorsTxRequired(),
              new EngineDoors(check::getObject)));
      engine.setCustomPostCommandInterceptorsTxRequiresNew(
          plus(
              engine.getCustomPostCommandInterceptorsTxRequiresNew(),
              new EngineDoors(check::getObject)));
    }

    @Override
    public void postProcessEngineBuild(ProcessEngine engine) {
      EngineAccess.grant(engine);
      TaskFilters.create(engine);
      HardeningSelfCheck.run(
          (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration(), engine, probe);
      time.requireFollowed();
    }

    private static List<CommandInterceptor> plus(
        @Nullable List<CommandInterceptor> there, CommandInterceptor ours) {
      List<CommandInterceptor> all = new ArrayList<>(there == null ? List.of() : there);
      all.add(ours);
      return all;
    }
  }
}
