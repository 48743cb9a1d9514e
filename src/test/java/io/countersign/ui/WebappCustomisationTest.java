package io.countersign.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebappCustomisationTest {

  private static final String APPS = "/META-INF/resources/webjars/camunda/app/";
  private static final Pattern ASSET = Pattern.compile("'(/assets/[^']+)'");
  private static final Pattern SCRIPT = Pattern.compile("'(scripts/[^']+)'");

  @ParameterizedTest
  @ValueSource(strings = {"tasklist", "cockpit", "welcome", "admin"})
  void bearsOurNameInsteadOfTheVendors(String app) {
    assertThat(AssetServer.resource(APPS + app + "/scripts/config.js"))
        .contains("vendor: 'Countersign'", "scripts/countersign");
    assertThat(AssetServer.resource("/static/assets/apps/apps.css"))
        .contains(".ce-eol-banner", "display: none !important");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tasklist", "cockpit", "welcome", "admin"})
  void namesOnlyScriptsAndAssetsThatExist(String app) {
    String config = AssetServer.resource(APPS + app + "/scripts/config.js");
    SCRIPT
        .matcher(config)
        .results()
        .forEach(found -> assetsOf(APPS + app + "/" + found.group(1) + ".js"));
    assetsOf(APPS + app + "/styles/user-styles.css");
  }

  @Test
  void theFormNamesOnlyAssetsThatExist() {
    assetsOf("/forms/review-action.html");
  }

  private static void assetsOf(String file) {
    var assets = ASSET.matcher(AssetServer.resource(file)).results().toList();
    assertThat(assets)
        .as(file)
        .allSatisfy(
            found -> assertThat(AssetServer.resource("/static" + found.group(1))).isNotBlank());
  }
}
